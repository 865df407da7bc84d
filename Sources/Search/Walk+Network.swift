internal import PBFT
internal import Simulation

/// What clients ask for, and what a network and bad luck do.
extension Walk {
  mutating func request() {
    let client = dice.one(of: clients)
    guard world.clients[client.index].queue.count < 2 else { return }
    attempt(.request(client, .append(key: "x", value: "\(client.index)")))
  }

  mutating func disturbMessage() {
    let messages = world.inFlight
    guard !messages.isEmpty else { return }
    let reference = MessageReference.number(dice.one(of: messages).id)
    switch dice.below(10) {
    case 0..<2: attempt(.drop(reference))
    case 2..<4: attempt(.hold(reference))
    case 4..<5: attempt(.release(reference))
    case 5..<7: attempt(.duplicate(reference))
    default: attempt(.deliver(reference))
    }
  }

  mutating func disturbLink() {
    let from = Principal.replica(dice.one(of: replicas))
    let to: Principal? = dice.chance(50) ? nil : .replica(dice.one(of: replicas))
    let pattern = LinkPattern(from: from, to: to, bothWays: dice.chance(40))
    switch dice.below(10) {
    case 0..<2: attempt(.cut(pattern))
    case 2..<4: attempt(.holdLink(pattern))
    case 4..<6: attempt(.delay(pattern, by: .milliseconds(dice.number(50...3_000))))
    case 6..<9: attempt(.lose(pattern, percent: dice.number(5...60)))
    default:
      var one: [Principal] = []
      var other: [Principal] = []
      for replica in replicas {
        if dice.chance(50) {
          one.append(.replica(replica))
        } else {
          other.append(.replica(replica))
        }
      }
      attempt(.partition([one, other]))
    }
  }

  mutating func crashOrRestart() {
    let replica = dice.one(of: replicas)
    attempt(world.isCrashed(replica) ? .restart(replica) : .crash(replica))
  }
}
