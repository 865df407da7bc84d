import PBFT
import Search
import SeedSupport
import Simulation
import Testing

/// One message with all its copies, followed through the history.
@Suite struct SendingTests {
  /// A storm done again in a history, with all that happened.
  private func storm(_ seed: UInt64, rounds: Int) -> (history: History, happenings: [Happening]) {
    var walk = Walk(seed: seed)
    walk.rage(rounds: rounds)
    var history = History(walk.world.configuration)
    var all: [Happening] = []
    for command in walk.trial.commands {
      if let those = try? history.perform(command) { all += those }
    }
    return (history, all)
  }

  /// All that happened to a copy, found by looking at everything.
  private func plain(_ id: Int, _ all: [Happening]) -> [Happening] {
    var found: [Happening] = []
    var kept: (message: Message, to: Principal, isTwin: Bool)?
    for happening in all {
      let isTwin = if case .ofTwin = happening.kind { true } else { false }
      switch happening.kind.ofEither {
      case .send(id, _, _, _, _), .drop(id, _, _, _, _), .hold(id, _, _, _),
        .release(id, _, _, _, _), .alter(id, _, _, _, _), .duplicate(id, _, _, _, _, _),
        .duplicate(_, id, _, _, _, _):
        found.append(happening)
      case .receive(id, let message, _, let to, let finding):
        found.append(happening)
        if finding.rule == .higherViewKept, finding.verdict == .kept {
          kept = (message, to, isTwin)
        }
      case .judgedLater(let replica, let message, _):
        if let waiting = kept, waiting.message == message, waiting.to == .replica(replica),
          waiting.isTwin == isTwin
        {
          found.append(happening)
          kept = nil
        }
      default: break
      }
    }
    return found
  }

  @Test(
    "the journey of every copy is what one finds by looking at everything",
    arguments: Seeds.part(0, of: 1, outOf: 12))
  func journeys(_ seed: UInt64) {
    var (history, all) = storm(seed, rounds: 60)
    let total = history.world.copiesSent
    for id in stride(from: 1 + Int(seed % 3), through: total, by: max(total / 150, 1)) {
      guard let copy = history.sending(of: id)?.copy(id) else {
        fail("#\(id) of \(total) is not found", seed)
        continue
      }
      if copy.happenings != plain(id, all) {
        fail("the journey of #\(id) is \(copy.happenings), not \(plain(id, all))", seed)
      }
    }
    // At a moment of the past only what has happened is known.
    history.seek(history.end / 2)
    let past = all.filter { $0.step <= history.step }
    for id in stride(from: 1, through: history.world.copiesSent, by: max(total / 60, 1)) {
      let copy = history.sending(of: id)?.copy(id)
      if copy?.happenings != plain(id, past) { fail("in the past #\(id) differs", seed) }
    }
    let next = history.world.copiesSent + 1
    if next <= total {
      #expect(history.sending(of: next) == nil)
      #expect((history.stepOfSending(next) ?? 0) > history.step)
    }
    #expect(history.sending(of: 0) == nil && history.sending(of: total + 1) == nil)
  }

  @Test(
    "a message has one copy for each that it was sent to, whatever each is told",
    arguments: Seeds.part(0, of: 1, outOf: 12))
  func siblings(_ seed: UInt64) {
    let (history, all) = storm(seed, rounds: 50)
    var isFirst: Set<Int> = []
    for happening in all {
      guard case .send(let id, let message, let from, _, _) = happening.kind else { continue }
      guard id % 7 == 0, let sending = history.sending(of: id) else { continue }
      isFirst.insert(sending.copies.first?.id ?? 0)
      if sending.step != happening.step || sending.from != from { fail("#\(id): wrong step", seed) }
      let own = sending.copies.filter { $0.original == nil }
      if own.contains(where: { $0.sent.kind != message.kind }) { fail("#\(id): other kinds", seed) }
      // A multicast: the same message left for others at that step, one copy after the other.
      var next = id + 1
      for other in all where other.step == happening.step {
        guard case .send(next, message, from, let to, _) = other.kind,
          !own.contains(where: { $0.to == to && $0.id < next })
        else { continue }
        if sending.copy(next) == nil { fail("#\(next) belongs to #\(id)", seed) }
        next += 1
      }
      for copy in own where history.sending(of: copy.id) != sending {
        fail("#\(copy.id) and #\(id) are of one message", seed)
      }
    }
    #expect(!isFirst.isEmpty)
  }

  @Test("a copy that is held for long is followed over a long history") func long() throws {
    var history = History(Configuration(seed: 5, scheme: .ideal))
    var all: [Happening] = []
    func perform(_ command: Command) throws { all += try history.perform(command) }
    try perform(.request(ClientID(0), .append(key: "x", value: "a")))
    try perform(.step)
    let id = history.world.copiesSent
    try perform(.hold(.number(id)))
    try perform(.load(every: .milliseconds(100)))
    while history.step < 9_000 { try perform(.run(.seconds(2))) }
    let held = try #require(history.sending(of: id)?.copy(id))
    #expect(held.fate == .held && held.happenings == plain(id, all))
    try perform(.duplicate(.number(id)))
    try perform(.release(.number(id)))
    while history.step < 14_000 { try perform(.run(.seconds(2))) }
    let sending = try #require(history.sending(of: id))
    #expect(sending.copies.map(\.happenings) == sending.copies.map { plain($0.id, all) })
    #expect(sending.copies.count == 4 && sending.followed == history.step)
    guard case .arrived = sending.copy(id)?.fate else {
      Issue.record("it arrived long after the rest")
      return
    }
    // One that is altered and arrives, in the middle of a history that goes on.
    history.seek(5_000)
    let middle = history.world.copiesSent
    #expect(history.stepOfSending(middle + 1).map { $0 > 5_000 } == true)
    #expect(history.sending(of: middle)?.copy(middle)?.happenings.isEmpty == false)
    // On another branch the same numbers are other copies.
    try history.perform(.crash(ReplicaID(3)))
    while history.step < 9_000 { try history.perform(.run(.seconds(2))) }
    let other = Array(history.happenings(in: 1...history.end).joined())
    for id in stride(from: 2, through: history.world.copiesSent, by: 2_003) {
      let copy = history.sending(of: id)?.copy(id)
      #expect(copy?.happenings == plain(id, other), "#\(id) on the branch")
    }
  }
}
