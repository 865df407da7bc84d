/// What one replica knows about one sequence number (§4.2).
///
/// A slot keeps only what was received. How far agreement has come is worked out from that, as the
/// paper's predicates are, so the two cannot disagree; what matches is counted as it comes, and a debug
/// build counts again whenever it asks.
public struct Slot: Hashable, Sendable {
  /// The number that this slot is used for; 0 while it is not used.
  public internal(set) var sequence = SequenceNumber.zero
  /// The PRE-PREPARE accepted in the current view.
  public private(set) var prePrepare: PrePrepare?
  /// The batches known for this number, in order of arrival; normally one.
  public private(set) var batches: [Batch] = []
  /// The PREPAREs of the current view, one of each sender, in order of arrival; the own one among them.
  public private(set) var prepares: [Prepare] = []
  /// The COMMITs of the current view, likewise.
  public private(set) var commits: [Commit] = []
  /// The proof that something prepared here in an earlier view, of the highest such view.
  ///
  /// Kept until the number is below a stable checkpoint, whatever happens in later views (§4.4).
  public internal(set) var certificate: PreparedProof?
  /// The phase whose consequences have been drawn in this view; each is drawn once.
  var announced = Phase.empty
  /// Executed before its turn, which only happens without the rule `execute-in-order`.
  var isExecutedEarly = false

  /// Where the requests of the accepted PRE-PREPARE are among the batches, once they are known.
  private(set) var batchIndex: Int?
  /// How many PREPAREs and COMMITs match the accepted PRE-PREPARE.
  private var prepareTally = 0
  private var commitTally = 0

  // What follows is asked of every slot at every message. It is inlined, and votes are visited by index, so
  // that asking copies nothing.

  /// The requests that the accepted PRE-PREPARE orders, where they are known.
  public var batch: Batch? { batchIndex.map { batches[$0] } }

  /// Whether a PRE-PREPARE has been accepted and its requests are known.
  @inline(__always)
  var hasBatch: Bool { batchIndex != nil }

  /// How many PREPAREs count: from backups, for the accepted digest.
  @inline(__always)
  public func matchingPrepares(in settings: Settings) -> Int {
    assert(prepareTally == prepares.count { matches($0, in: settings) })
    return prepareTally
  }

  /// How many COMMITs count: for the accepted digest.
  @inline(__always)
  public func matchingCommits() -> Int {
    commitTally
  }

  @inline(__always)
  private func matches(_ prepare: Prepare, in settings: Settings) -> Bool {
    guard let prePrepare,
      prepare.digest == prePrepare.digest || settings.rulesOff.contains(.voteForOtherDigest)
    else { return false }
    // The primary's PRE-PREPARE is its vote; a PREPARE in its name would be a second one (§4.2).
    return prepare.replica != settings.primary(of: prePrepare.view)
      || settings.rulesOff.contains(.notFromPrimary)
  }

  @inline(__always)
  private func matches(_ commit: Commit, in settings: Settings) -> Bool {
    guard let prePrepare else { return false }
    return commit.digest == prePrepare.digest || settings.rulesOff.contains(.voteForOtherDigest)
  }

  /// How far agreement has come in the current view.
  @inline(__always)
  public func phase(in settings: Settings) -> Phase {
    // pre-prepared: the PRE-PREPARE and its requests are in the log (§4.2).
    guard hasBatch else { return .empty }
    // prepared: and 2f PREPAREs of different backups match it (§4.2).
    let needed = settings.needs.prepares
    guard matchingPrepares(in: settings) >= needed else { return .prePrepared }
    // committed-local: prepared, and 2f + 1 COMMITs of different replicas match it (§4.2).
    if settings.rulesOff.contains(.committed) { return .committed }
    assert(commitTally == commits.count { matches($0, in: settings) })
    return matchingCommits() >= settings.needs.quorum ? .committed : .prepared
  }

  /// The proof that the accepted PRE-PREPARE prepared here, if it did.
  func proof(in settings: Settings) -> PreparedProof? {
    guard let prePrepare, phase(in: settings) >= .prepared else { return nil }
    let matching = prepares.filter { matches($0, in: settings) }
    return PreparedProof(
      prePrepare: prePrepare, prepares: Array(matching.prefix(settings.needs.prepares)))
  }

  /// What decided this number, for the disk.
  func committedRecord(in settings: Settings) -> StableRecord? {
    guard let prePrepare, let batch else { return nil }
    return .committed(prePrepare, commits.filter { matches($0, in: settings) }, batch)
  }

  /// Accepts a PRE-PREPARE, which votes that have come before it may match.
  @inline(__always)
  mutating func accept(_ prePrepare: PrePrepare, in settings: Settings) {
    self.prePrepare = prePrepare
    batchIndex = batches.firstIndex { $0.digest == prePrepare.digest }
    countAgain(in: settings)
  }

  /// Counts the votes once more: what matches has changed.
  mutating func countAgain(in settings: Settings) {
    prepareTally = prepares.isEmpty ? 0 : prepares.count { matches($0, in: settings) }
    commitTally = commits.isEmpty ? 0 : commits.count { matches($0, in: settings) }
  }

  /// Adds requests, which become those of the accepted PRE-PREPARE if it has their digest, or if nobody
  /// looks at it.
  mutating func add(_ batch: Batch, whateverItsDigest: Bool = false) {
    let index = batches.firstIndex { $0.digest == batch.digest } ?? batches.count
    if index == batches.count { batches.append(batch) }
    if let prePrepare, batch.digest == prePrepare.digest || whateverItsDigest {
      batchIndex = index
    }
  }

  @inline(__always)
  mutating func add(_ prepare: Prepare, in settings: Settings) {
    prepares.append(prepare)
    if matches(prepare, in: settings) { prepareTally += 1 }
  }

  @inline(__always)
  mutating func add(_ commit: Commit, in settings: Settings) {
    commits.append(commit)
    if matches(commit, in: settings) { commitTally += 1 }
  }

  /// Takes back what a replica has voted, before it accepts another PRE-PREPARE.
  mutating func removeVotes(of replica: ReplicaID) {
    prepares.removeAll { $0.replica == replica }
    commits.removeAll { $0.replica == replica }
  }

  private mutating func forgetPrePrepare() {
    prePrepare = nil
    batchIndex = nil
    prepareTally = 0
    commitTally = 0
    announced = .empty
  }

  /// Begins to use the slot for a number, keeping its memory.
  mutating func reuse(for sequence: SequenceNumber) {
    self.sequence = sequence
    forgetPrePrepare()
    if !batches.isEmpty { batches.removeAll(keepingCapacity: true) }
    if !prepares.isEmpty { prepares.removeAll(keepingCapacity: true) }
    if !commits.isEmpty { commits.removeAll(keepingCapacity: true) }
    if certificate != nil { certificate = nil }
    isExecutedEarly = false
  }

  /// Leaves the view: its votes go.
  mutating func leaveView() {
    forgetPrePrepare()
    prepares.removeAll(keepingCapacity: true)
    commits.removeAll(keepingCapacity: true)
  }

  /// Keeps the proof of what prepared, unless one of a higher view is kept already.
  mutating func keepCertificate(in settings: Settings) {
    guard let proof = proof(in: settings) else { return }
    if let certificate, certificate.view >= proof.view { return }
    certificate = proof
  }
}
