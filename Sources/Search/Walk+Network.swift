internal import PBFT
internal import Simulation

/// What a network and bad luck do.
extension Walk {
  typealias Deed = @Sendable (_ walk: inout Walk) -> Void

  /// What happens to a single message.
  private static let mishaps: [Dice.Choice<@Sendable (inout Walk, MessageReference) -> Void>] = [
    .init(2) { $0.attempt(.drop($1)) },
    .init(2) { $0.attempt(.hold($1)) },
    .init(1) { $0.attempt(.release($1)) },
    .init(2) { $0.attempt(.duplicate($1)) },
    .init(1) { $0.attempt(.alter($1, .corrupt)) },
    .init(5) { $0.attempt(.deliver($1)) },
  ]

  mutating func disturbMessage() {
    let messages = world.inFlight
    guard !messages.isEmpty else { return }
    let id = dice.one(of: messages).id
    if dice.chance(10) {
      // Also what arrived long ago can come once more.
      attempt(.duplicate(.number(max(1, id - dice.below(80)))))
    } else {
      dice.draw(from: Self.mishaps)(&self, .number(id))
    }
  }

  mutating func disturbLink() {
    let from = dice.one(of: everybody)
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
      for end in everybody {
        if dice.chance(50) { one.append(end) } else { other.append(end) }
      }
      attempt(.partition([one, other]))
    }
  }

  /// Who runs stops, and who is down starts again from its disk; or all do at once.
  mutating func crashOrRestart() {
    if dice.chance(4) {
      for replica in replicas { attempt(.crash(replica)) }
      for replica in replicas { attempt(.restart(replica)) }
      return
    }
    let replica = dice.one(of: replicas)
    attempt(world.isCrashed(replica) ? .restart(replica) : .crash(replica))
  }
}
