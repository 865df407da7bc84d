import PBFT
import Search
@testable import Simulation

extension Fuzzer {
  /// Delivers one message of this faulty replica, to the victim or to some correct replica or client.
  mutating func deliver(to victim: ReplicaID? = nil, in world: inout World) {
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
    deliver(message, to: to, in: &world)
  }

  /// Delivers this message as one of this faulty replica.
  func deliver(_ message: Message, to: Principal, in world: inout World) {
    var happenings: [Happening] = []
    world.deliver(
      Envelope(
        id: 0, message: message, from: .replica(own), to: to, sent: world.now, due: world.now,
        heldByLink: false), &happenings)
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
}
