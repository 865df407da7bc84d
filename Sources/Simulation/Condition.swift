public import PBFT

/// Whom a condition speaks of.
public enum Scope: Hashable, Sendable {
  /// `R2 …`
  case replica(ReplicaID)
  /// `… at all correct`, the default where no replica is named.
  case allCorrect
  /// `… at any correct`
  case anyCorrect
}

/// A sentence about a world that is true or false.
///
/// Serves `run until`, `expect` and searches.
public indirect enum Condition: Hashable, Sendable {
  /// `R2 prepared 1`, `pre-prepared`, `committed`: ever, n = 1, in any view; with a digest, `R2 prepared 1 a`.
  case phase(Phase, SequenceNumber, DigestName?, Scope)
  /// `executed 3 at all correct`: last executed >= 3; with a digest, `R1 executed 1 alice/1`: what was
  /// executed at exactly that number.
  case executed(SequenceNumber, DigestName?, Scope)
  /// `view 1 at all correct`: view >= 1 and active.
  case view(View, Scope)
  /// `R1 changing 1`: in the change to a view >= 1.
  case changing(View, Scope)
  /// `stable 5`: h >= 5.
  case stable(SequenceNumber, Scope)
  /// `R1 holds x ab`: the key has this value.
  case value(key: String, String, Scope)
  /// `alice/1 accepted`: the client has accepted a result for it; `alice/1 accepted ab`: this result.
  case accepted(RequestName, result: String?)
  /// `R0 crashed`
  case crashed(ReplicaID)
  /// `R0 faulty`
  case faulty(ReplicaID)
  /// `R3 refused within-watermarks`: ever.
  case refused(Rule, Scope)
  /// `violated agreement`, `violated` for any: ever.
  case violated(Invariant?)
  /// `idle`: no message is on its way and no timer runs.
  case idle
  /// `time 3s`: virtual time has reached it.
  case time(Instant)
  /// `not C`, `C and D`, `C or D`
  case not(Condition)
  case and(Condition, Condition)
  case or(Condition, Condition)
}
