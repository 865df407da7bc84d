internal import PBFT

/// The second of two honest copies that run under one name and with one key.
///
/// Neither copy lies, and together they do: what one half of the cluster hears from the first, the other
/// half hears otherwise from the second. Attacks need no code of their own (Bano et al., Twins).
struct Twin: Equatable, Sendable {
  var replica: Replica
  /// Who talks to the first copy only, and who to the second only; the rest to both.
  let first: [Principal]
  let second: [Principal]

  /// Whether messages pass between a copy and this principal.
  func talks(_ other: Principal, toSecond isSecond: Bool) -> Bool {
    isSecond ? !first.contains(other) : !second.contains(other)
  }
}
