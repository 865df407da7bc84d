internal import PBFT
internal import Simulation

/// The storm: everything at once.
extension Walk {
  /// What happens in one round.
  private static let rounds: [Dice.Choice<Deed>] = [
    .init(22) { $0.request() },
    .init(28) { $0.disturbMessage() },
    .init(12) { $0.disturbLink() },
    .init(6) { $0.attempt(.heal(nil)) },
    .init(6) { $0.crashOrRestart() },
    .init(3) { $0.attempt(.fire(.replica($0.dice.one(of: $0.replicas)), .viewChange)) },
    .init(2) { $0.attempt(.fire(.replica($0.dice.one(of: $0.replicas)), .resend)) },
    .init(1) { $0.attempt(.fire(.replica($0.dice.one(of: $0.replicas)), .idle)) },
    .init(2) { $0.attempt(.fire(.client($0.dice.one(of: $0.clients)), .retry)) },
    .init(3) { $0.attempt(.run(.milliseconds($0.dice.number(100...1_500)))) },
    .init(2) { if let client = $0.faultyClient { $0.misbehave(client) } },
    .init(18) { if !$0.faulty.isEmpty { $0.lie($0.dice.one(of: $0.faulty)) } },
  ]

  /// Some hundreds of deliveries with everything between them that a network and at most f liars can do.
  public mutating func rage(rounds: Int = Walk.roundCount) {
    for _ in 0..<rounds {
      attempt(.run(.milliseconds(dice.number(0...40))))
      dice.draw(from: Self.rounds)(&self)
      if !world.violations.isEmpty { return }
    }
  }
}
