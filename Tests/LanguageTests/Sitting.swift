import Language
import PBFT
import Simulation

/// A person who does this and that with a history, back and forth: by chance.
struct Sitting {
  private var generator: Generator
  let page: Script
  private(set) var history: History
  /// The number of each stop, the lasting number of its branch, and its step.
  private var stops: [(number: Int, branch: Int, step: Int)] = []

  init(seed: UInt64) throws {
    generator = Generator(seed: seed)
    page = try Script(
      parsing: """
        title "A \\"page\\""
        world seed=\(seed) clients=3 scheme=ideal
        say "First this."
        request alice append x 1
        stop "one"
        run 100ms
        stop
        stop
        expect not violated

        """)
    history = History(page.configuration, limit: 1_500)
  }

  /// Where the stops were reached, on the branches that there still are.
  var reached: [ReachedStop] {
    stops.compactMap { stop in
      history.branches.firstIndex { $0.id == stop.branch }.map {
        ReachedStop(stop.number, Moment(branch: $0, step: stop.step))
      }
    }
  }

  /// Does something, or tries to.
  mutating func act() {
    switch generator.below(20) {
    case 0...8: _ = try? history.perform(command())
    case 9, 10:
      _ = try? history.perform(.run(.milliseconds(generator.below(300))))
    case 11...17: try? history.perform(timeCommand())
    case 18:
      // Acting at once where a line goes on: the first deed of a branch is anything.
      history.go(to: generator.below(history.branches.count), step: generator.below(60))
      _ = try? history.perform(generator.coin() ? .run(.milliseconds(1)) : command())
    default:
      if stops.count < page.stopCount {
        stops.append((stops.count + 1, history.branches[history.branch].id, history.step))
      }
    }
  }

  private mutating func command() -> Command {
    let replica = ReplicaID(generator.below(4))
    let client = ClientID(generator.below(3))
    let link = LinkPattern(
      from: .replica(replica), to: generator.maybe { .replica(ReplicaID($0.below(4))) },
      bothWays: generator.coin())
    return switch generator.below(18) {
    case 0, 1: .request(client, .append(key: "x", value: generator.text()))
    case 2, 3, 4: .step
    case 5: .run(Duration(microseconds: generator.below(900_000)))
    case 6:
      .runUntil(
        .executed(SequenceNumber(1 + generator.below(4)), nil, .anyCorrect), within: .seconds(2))
    case 7: .crash(replica)
    case 8: .restart(replica)
    case 9: .delay(link, by: .milliseconds(generator.below(500)))
    case 10: .cut(link)
    case 11: .heal(nil)
    case 12: .deliver(.number(generator.below(60)))
    case 13: .drop(.number(generator.below(60)))
    case 14: .fire(.replica(replica), .viewChange)
    case 15: .silence(replica)
    case 16: .misbehave(replica, Misconduct(.wrongDigest))
    default: .load(every: generator.maybe { .milliseconds(100 + $0.below(300)) })
    }
  }

  private mutating func timeCommand() -> TimeCommand {
    let branch = generator.pick(history.branches)
    return switch generator.below(12) {
    case 0, 1: .forward(1 + generator.below(40))
    case 2: .back(1 + generator.below(20))
    case 3: .backFor(.milliseconds(generator.below(200)))
    case 4: .backUntil(.executed(SequenceNumber(1), nil, .anyCorrect))
    case 5: .next(generator.pick([.phase, .event]))
    case 6: .previous(generator.pick([.phase, .fault]))
    case 7: .goTo(step: generator.below(branch.end + 1), branch: branch.name)
    case 8: .name(generator.pick(["calm", "Main", "main", "a", "b", "c", generator.branchName()]))
    case 9: .note(generator.text())
    case 10:
      generator.coin()
        ? .breakAt(generator.condition(depth: 1))
        : .breakOff(generator.coin() ? history.breakpoints.first : nil)
    default: .forget(branch.name)
    }
  }

  /// What of another history is not as in this one, or nil.
  func difference(from other: History, _ stops: [ReachedStop]) -> String? {
    let (mine, its) = (history.branches, other.branches)
    if mine.map(\.name) != its.map(\.name) {
      return "names \(its.map(\.name)), not \(mine.map(\.name))"
    }
    if mine.map(\.parent) != its.map(\.parent) || mine.map(\.fork) != its.map(\.fork) {
      return "another tree"
    }
    for index in mine.indices {
      let name = mine[index].name
      if mine[index].end != its[index].end { return "\(name) ends at \(its[index].end)" }
      if mine[index].notes != its[index].notes { return "\(name) has other notes" }
      if mine[index].marks != its[index].marks { return "\(name) has other marks" }
      let end = Moment(branch: index, step: mine[index].end)
      if history.world(at: end) != other.world(at: end) { return "\(name) ends otherwise" }
    }
    if history.breakpoints != other.breakpoints { return "other breakpoints" }
    if history.branch != other.branch || history.step != other.step { return "another moment" }
    if history.world != other.world { return "another world" }
    return reached == stops ? nil : "stops \(stops), not \(reached)"
  }
}
