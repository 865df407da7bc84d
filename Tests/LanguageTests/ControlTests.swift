import Language
import PBFT
import Simulation
import Testing

@Suite struct `A script and its control` {
  /// A25: a client that never broadcasts does not suspect a silent primary.
  private let page = """
    title "A25"
    world T=2s without=rebroadcast n=4
    rule exactly-once off
    silence R0
    request alice append x a
    run 20s
    expect not alice/1 accepted and not view 1 at any correct
    control alice/1 accepted and view 1 at all correct
    rule exactly-once on
    """

  @Test func `play the same page with and without the rule`() throws {
    let script = try Script(parsing: page)
    #expect(try Script(parsing: script.text).statements == script.statements)
    #expect(script.configuration.settings.rulesOff == [.rebroadcast])
    var player = Player(script)
    try player.play()
    #expect(player.held && player.outcomes.count == 1)
    #expect(player.skipped.isEmpty)
    var control = Player(script, withRules: true)
    try control.play()
    #expect(control.held && control.outcomes.count == 1)
    #expect(control.history.world.rulesOff.isEmpty)
  }

  @Test func `three replicas need cluster-size off in either order`() throws {
    for text in ["n=3 without=cluster-size,quorum", "without=quorum,cluster-size n=3"] {
      let configuration = try Configuration(parsing: text, base: Configuration())
      #expect(configuration.settings.cluster == .three)
      let script = Script(configuration: configuration, statements: [.command(.step)])
      #expect(try Script(parsing: script.text).configuration == configuration)
      #expect(Player(script, withRules: true).history.world.cluster == .four)
    }
    #expect(throws: LanguageError.self) {
      try Configuration(parsing: "n=3", base: Configuration())
    }
  }

  @Test func `settings of this kind are written and read again`() throws {
    let text = "primaries=random idle=3s seed=9 without=join,back-off"
    let configuration = try Configuration(parsing: text, base: Configuration())
    #expect(configuration.settings.primaries == .permuted(seed: 9))
    #expect(configuration.settings.idleInterval == .seconds(3))
    #expect(try Configuration(parsing: configuration.text, base: Configuration()) == configuration)
  }

  @Test func `a rule that does not exist, or cannot be off, is a mistake`() {
    let unknown = #expect(throws: LanguageError.self) {
      try Command(parsing: "rule jion off", in: Vocabulary())
    }
    #expect(unknown?.description.contains("did you mean \"join\"") == true)
    let firm = #expect(throws: LanguageError.self) {
      try Command(parsing: "rule known-sender off", in: Vocabulary())
    }
    #expect(firm?.description.contains("cannot be off") == true)
  }
}
