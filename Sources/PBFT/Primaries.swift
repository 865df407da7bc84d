/// Which replica leads which view.
public enum Primaries: Hashable, Sendable {
  /// *p = v mod |R|* (§4).
  case inTurn
  /// In turn along a permutation that all know, drawn from a seed: nobody chooses it, and nobody can
  /// arrange to be next.
  case permuted(seed: UInt64)

  /// The order of the replicas in which they lead, four bits each.
  func order(of replicaCount: Int) -> UInt64 {
    var order = Array(0..<replicaCount)
    if case .permuted(let seed) = self {
      // Fisher and Yates' shuffle.
      var random = SplitMix64(seed)
      for index in stride(from: replicaCount - 1, to: 0, by: -1) {
        order.swapAt(index, Int(random.next() % UInt64(index + 1)))
      }
    }
    var packed = UInt64(0)
    for (place, replica) in order.enumerated() { packed |= UInt64(replica) << UInt64(4 * place) }
    return packed
  }
}
