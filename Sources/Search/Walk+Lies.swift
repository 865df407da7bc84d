internal import PBFT
internal import Simulation

/// What the adversaries do.
///
/// **Here further misbehaviours are drawn**: a line of a table each, with its weight.
extension Walk {
  /// Something that an adversary may do, and how often it is drawn next to the others.
  struct Lie: Sendable {
    let weight: Int
    let act: @Sendable (_ walk: inout Walk, _ replica: ReplicaID) -> Void

    init(_ weight: Int, _ act: @escaping @Sendable (inout Walk, ReplicaID) -> Void) {
      self.weight = weight
      self.act = act
    }
  }

  /// How an adversary behaves from now on.
  private static let manners: [Lie] = [
    Lie(1) { $0.attempt(.silence($1)) },
    Lie(2) { $0.attempt(.equivocate($1, Equivocation())) },
    Lie(2) { $0.attempt(.equivocate($1, Equivocation(votes: true))) },
    // Runs the honest code, and lies in between.
    Lie(3) {
      $0.attempt(.silence($1))
      $0.attempt(.honest($1))
    },
  ]

  /// What it does at one moment.
  private static let deeds: [Lie] = [
    Lie(6) { $0.misbehave($1) },
    Lie(94) { $0.forge($1) },
  ]

  mutating func misbehave(_ replica: ReplicaID) { draw(from: Self.manners).act(&self, replica) }

  mutating func lie(_ replica: ReplicaID) { draw(from: Self.deeds).act(&self, replica) }

  private mutating func draw(from table: [Lie]) -> Lie {
    var left = dice.below(table.reduce(0) { $0 + $1.weight })
    for lie in table.dropLast() {
      if left < lie.weight { return lie }
      left -= lie.weight
    }
    return table[table.count - 1]
  }
}
