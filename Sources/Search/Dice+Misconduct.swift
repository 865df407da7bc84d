internal import PBFT
public import Simulation

extension Dice {
  /// Any misbehaviour of the catalogue, with whatever it needs to know, directed at whomever.
  public mutating func misconduct(in world: World) -> Misconduct {
    let replicas = world.cluster.replicas
    let kind = one(of: MisconductKind.allCases)
    let parameter: Misconduct.Parameter? =
      switch kind.form {
      case .none: nil
      case .message: .message(one(of: Message.Kind.allCases))
      case .client: .client(one(of: world.clients).id)
      case .time: .time(.milliseconds(number(0...4_000)))
      case .count: .count(number(2...4))
      case .view: .view(View(number(1...9)))
      case .replica: .replica(one(of: replicas))
      case .words(let words): .word(one(of: words))
      }
    let recipients = replicas.filter { _ in chance(50) }.map { Principal.replica($0) }
    let n = number(1...12)
    let v = number(0...5)
    return Misconduct(
      kind, parameter,
      target: Target(
        to: chance(40) && !recipients.isEmpty ? recipients : nil,
        numbers: chance(15) ? SequenceNumber(n)...SequenceNumber(n + 4) : nil,
        views: chance(15) ? View(v)...View(v + 3) : nil))
  }
}
