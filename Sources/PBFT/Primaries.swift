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
      // SplitMix64 (Steele, Lea and Flood, 2014) and Fisher-Yates.
      var state = seed
      for index in stride(from: replicaCount - 1, to: 0, by: -1) {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        order.swapAt(index, Int(mixed % UInt64(index + 1)))
      }
    }
    var packed = UInt64(0)
    for (place, replica) in order.enumerated() { packed |= UInt64(replica) << UInt64(4 * place) }
    return packed
  }
}
