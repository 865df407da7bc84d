import Export
import Language
import Simulation
import Testing

@Suite struct `The demos` {
  @Test func `are those that the README names`() throws {
    let demos = try House.demos()
    #expect(demos.count >= 5)
    let readme = try House.text(of: "README.md")
    for demo in demos { #expect(readme.contains(demo), "the README does not name \(demo)") }
  }

  @Test(arguments: try House.demos())
  func `play to their end, and every expectation comes true`(demo: String) throws {
    let script = try Script(parsing: House.text(of: demo))
    var player = Player(script)
    try player.play()
    for outcome in player.outcomes where !outcome.held {
      Issue.record("\(demo): line \(outcome.line): \(outcome.text): \(outcome.failure ?? "")")
    }
    #expect(player.outcomes.count >= 5)
    #expect(player.history.world.violations.isEmpty)
  }

  @Test(arguments: try House.demos())
  func `have a title, a narration and stops`(demo: String) throws {
    let script = try Script(parsing: House.text(of: demo))
    #expect(script.title != nil)
    var said = 0
    var stops = 0
    for statement in script.statements {
      if case .say = statement { said += 1 }
      if case .stop = statement { stops += 1 }
    }
    #expect(said >= 3)
    #expect(stops >= 4)
  }

  @Test(arguments: try House.demos())
  func `can be walked backwards to the start and forwards again`(demo: String) throws {
    let script = try Script(parsing: House.text(of: demo))
    var player = Player(script)
    try player.play()
    var history = player.history
    let end = history.step
    let last = Trace.lines(of: history.happenings(of: end))
    let replicas = history.world.replicas
    while history.back() {}
    #expect(history.step == 0)
    #expect(history.world.replicas == World(script.configuration).replicas)
    history.seek(end)
    #expect(history.world.replicas == replicas)
    #expect(Trace.lines(of: history.happenings(of: end)) == last)
  }

  @Test(arguments: try House.demos())
  func `are printed as they are read`(demo: String) throws {
    let script = try Script(parsing: House.text(of: demo))
    let again = try Script(parsing: script.text)
    #expect(again.statements == script.statements)
    #expect(again.configuration == script.configuration)
  }
}

extension Trace {
  fileprivate static func lines(of happenings: [Happening]) -> [String] {
    happenings.map { line($0) }
  }
}
