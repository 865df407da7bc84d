internal import PBFT
internal import Simulation

/// What the adversaries do.
///
/// **Here further misbehaviours are drawn**: a line of a table each, with its weight.
extension Walk {
  typealias Lie = @Sendable (_ walk: inout Walk, _ replica: ReplicaID) -> Void

  /// What an adversary does at one moment.
  private static let deeds: [Dice.Choice<Lie>] = [
    .init(5) { $0.behave($1) },
    .init(16) { $0.attempt(.misbehave($1, $0.dice.misconduct(in: $0.world))) },
    .init(6) {
      $0.attempt($0.dice.one(of: MisconductKind.allCases).suggestion(for: $1, in: $0.world))
    },
    .init(5) { $0.attempt(.honest($1)) },
    .init(16) { $0.alter(messagesOf: .replica($1)) },
    .init(4) { $0.attempt(.twin($1, $0.twoGroups(without: .replica($1)))) },
    .init(2) { $0.attempt(.corruptState($1)) },
    .init(3) {
      $0.attempt(.crash($1))
      $0.attempt(.restartEmpty($1))
    },
    .init(43) { $0.forge($1) },
  ]

  /// How an adversary behaves from now on.
  private static let manners: [Dice.Choice<Lie>] = [
    .init(1) { $0.attempt(.silence($1)) },
    .init(2) { $0.attempt(.equivocate($1, Equivocation())) },
    .init(2) { $0.attempt(.equivocate($1, Equivocation(votes: true))) },
    // Runs the honest code, and lies in between.
    .init(3) {
      $0.attempt(.silence($1))
      $0.attempt(.honest($1))
    },
    .init(3) { $0.attempt(.twin($1, $0.twoGroups(without: .replica($1)))) },
    .init(5) { $0.attempt(.misbehave($1, $0.dice.misconduct(in: $0.world))) },
  ]

  mutating func behave(_ replica: ReplicaID) { dice.draw(from: Self.manners)(&self, replica) }

  mutating func lie(_ replica: ReplicaID) { dice.draw(from: Self.deeds)(&self, replica) }

  /// Changes by hand what is on its way out of somebody faulty.
  mutating func alter(messagesOf sender: Principal) {
    let messages = world.inFlight.filter { $0.from == sender }
    guard !messages.isEmpty else { return }
    attempt(.alter(.number(dice.one(of: messages).id), alteration()))
  }

  private mutating func alteration() -> Alteration {
    switch dice.below(12) {
    case 0..<2: .view(View(dice.below(5)))
    case 2..<4: .sequence(SequenceNumber(dice.below(12)))
    case 4..<7: .digest(digest())
    case 7: .sender(dice.one(of: replicas))
    case 8: .result("LIE")
    case 9: .withheld
    case 10: .repeated(after: .milliseconds(dice.below(2_000)))
    default: dice.chance(70) ? .stale : .corrupt
    }
  }

  /// Who talks to which of two copies; some to both.
  private mutating func twoGroups(without replica: Principal) -> [[Principal]] {
    guard dice.chance(85) else { return [] }
    var groups: [[Principal]] = [[], []]
    for other in everybody where other != replica {
      let place = dice.below(5)
      if place < 4 { groups[place / 2].append(other) }
    }
    return groups.contains([]) ? [] : groups
  }
}
