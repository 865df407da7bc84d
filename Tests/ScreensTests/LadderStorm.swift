import Language
import PBFT
import Simulation

@testable import Screens

/// A world in which much goes wrong, by chance; and what became of every message in it, found out the long way.
struct LadderStorm {
  var history: History
  private var source: SplitMix64

  init(seed: UInt64, replicas: Int = 4, steps: Int) throws {
    var configuration = Configuration(seed: seed, scheme: .ideal)
    configuration.settings.cluster =
      Cluster(replicaCount: replicas) ?? configuration.settings.cluster
    history = History(configuration)
    source = SplitMix64(seed)
    _ = try history.perform(.load(every: .milliseconds(60)))
    while history.step < steps {
      if below(12) == 0 { mishap() } else { try history.perform(.step) }
    }
  }

  mutating func below(_ bound: Int) -> Int { Int(source.next() >> 33) % bound }

  private mutating func replica() -> ReplicaID { ReplicaID(below(history.world.replicas.count)) }

  /// One thing that goes wrong or right again; what cannot be done is not.
  mutating func mishap() {
    let link = LinkPattern(from: .replica(replica()), to: .replica(replica()))
    let inFlight = history.world.inFlight
    let message =
      inFlight.isEmpty ? nil : MessageReference.number(inFlight[below(inFlight.count)].id)
    let one = replica()
    var command: Command?
    switch below(14) {
    case 0: command = .lose(link, percent: 30)
    case 1: command = .delay(link, by: .milliseconds(20 + below(200)))
    case 2: command = .holdLink(link)
    case 3, 4: command = .heal(nil)
    case 5: command = message.map { .drop($0) }
    case 6, 7: command = message.map { .duplicate($0) }
    case 8: command = message.map { .hold($0) }
    case 9: command = message.map { .deliver($0) }
    case 10: command = history.world.isCrashed(one) ? .restart(one) : nil
    case 11: command = history.world.faultCount == 0 ? .crash(one) : .restart(one)
    case 12: command = history.world.faultCount == 0 ? .silence(one) : nil
    default: command = .fire(.replica(one), .viewChange)
    }
    if let command { _ = try? history.perform(command) }
  }

  /// What the long way finds out of one copy.
  struct Fact: Equatable, CustomStringConvertible {
    let from: Principal
    let to: Principal
    let message: Message
    var fate: Outcome.Fate
    var time: Instant?
    var isOvertaken = false
    var repeats: Int?

    var description: String { "\(from)>\(to) \(message.kind.rawValue) \(fate) \(isOvertaken)" }
  }

  /// Goes through everything that happened up to the present moment.
  static func facts(of history: History) -> [Int: Fact] {
    var facts: [Int: Fact] = [:]
    var arrivals: [(id: Int, from: Principal, to: Principal)] = []
    for happening in history.happenings(in: 1...max(history.step, 1)).prefix(history.step).joined()
    {
      switch happening.kind.ofEither {
      case .send(let id, let message, let from, let to, _):
        facts[id] = Fact(from: from, to: to, message: message, fate: .onItsWay)
      case .duplicate(let id, let other, let message, let from, let to, _):
        facts[id] = Fact(from: from, to: to, message: message, fate: .onItsWay, repeats: other)
      case .receive(let id, _, let from, let to, let finding):
        facts[id]?.fate = finding.fate
        facts[id]?.time = happening.time
        facts[id]?.isOvertaken = arrivals.contains { $0.id > id && $0.from == from && $0.to == to }
        arrivals.append((id, from, to))
      case .drop(let id, let message, let from, let to, let loss):
        if facts[id] == nil { facts[id] = Fact(from: from, to: to, message: message, fate: .lost) }
        facts[id]?.fate = loss == .withheld ? .withheld : .lost
        facts[id]?.time = happening.time
      case .hold(let id, _, _, _): facts[id]?.fate = .held
      case .release(let id, _, _, _, _): facts[id]?.fate = .onItsWay
      default: break
      }
    }
    return facts
  }
}

extension Model {
  /// The rungs on the page with what has become of their copies.
  func seenOnLadder(_ rows: Int) -> [(rung: Rung, outcomes: [Outcome])] {
    let sheet = Scene(self).ladderSheet(rows)
    let inFlight = Dictionary(world.inFlight.map { ($0.id, $0) }) { first, _ in first }
    return sheet.rungs.map { rung in
      (
        rung,
        rung.copies.map {
          sheet.pieces.outcome(of: $0, rung, upTo: world.step, inFlight: inFlight)
        }
      )
    }
  }
}
