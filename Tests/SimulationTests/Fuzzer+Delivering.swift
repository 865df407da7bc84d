import PBFT
import Search
@testable import Simulation

extension Fuzzer {
  /// Delivers one message of this faulty replica, to the victim or to some correct replica or client.
  ///
  /// Returns whether it was judged there.
  @discardableResult
  mutating func deliver(to victim: ReplicaID? = nil, in world: inout World) -> Bool {
    let to: Principal
    let message: Message
    if let victim {
      to = .replica(victim)
      message = self.message()
    } else if dice.chance(10) {
      let client = dice.one(of: world.clients).id
      to = .client(client)
      message = dice.chance(80) ? .reply(reply(to: client)) : self.message()
    } else {
      to = .replica(dice.one(of: world.correct))
      message = self.message()
    }
    return deliver(message, to: to, in: &world)
  }

  /// Delivers this message as one of this faulty replica; returns whether it was judged there.
  @discardableResult
  func deliver(_ message: Message, to: Principal, in world: inout World) -> Bool {
    var happenings: [Happening] = []
    world.deliver(
      Envelope(
        id: 0, message: message, from: .replica(own), to: to, sent: world.now, due: world.now,
        heldByLink: false), &happenings)
    return happenings.contains { if case .receive = $0.kind { true } else { false } }
  }
}

extension World {
  /// All replicas run; all but one, which is returned, are liars that send nothing by themselves.
  mutating func surroundOne(_ seed: UInt64) throws -> ReplicaID {
    let victim = cluster.replicas[Int(seed) % cluster.replicaCount]
    if isCrashed(victim) { _ = try perform(.restart(victim)) }
    for replica in cluster.replicas where replica != victim && !isFaulty(replica) {
      if isCrashed(replica) { _ = try perform(.restart(replica)) }
      _ = try perform(.silence(replica))
    }
    return victim
  }
  /// Everybody sends so many messages to the victim, whose timers fire now and then; returns how many of
  /// them it judged.
  mutating func besiege(
    _ victim: ReplicaID, rounds: Int, each perRound: Int, _ dice: inout Dice
  ) throws -> Int {
    var judged = 0
    for _ in 0..<rounds {
      // What has been heard changes as the world goes on.
      var fuzzer = Fuzzer(self, as: dice.one(of: cluster.replicas), dice)
      for _ in 0..<perRound where fuzzer.deliver(to: victim, in: &self) { judged += 1 }
      dice = fuzzer.dice
      for name in [TimerName.viewChange, .resend] where dice.chance(10) {
        _ = try perform(.fire(.replica(victim), name))
      }
      for _ in 0..<4 { _ = try? perform(.step) }
    }
    return judged
  }
}
