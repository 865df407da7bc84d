/// What one replica knows about one sequence number (§4.2).
///
/// A slot keeps only what was received. How far agreement has come is worked out from that, as the
/// paper's predicates are, so the two cannot disagree.
public struct Slot: Hashable, Sendable {
  /// The number that this slot is used for; 0 while it is not used.
  public internal(set) var sequence = SequenceNumber.zero
  /// The PRE-PREPARE accepted in the current view.
  public internal(set) var prePrepare: PrePrepare?
  /// The batches known for this number, in order of arrival; normally one.
  public internal(set) var batches: [Batch] = []
  /// The PREPAREs of the current view, one of each sender, in order of arrival; the own one among them.
  public internal(set) var prepares: [Prepare] = []
  /// The COMMITs of the current view, likewise.
  public internal(set) var commits: [Commit] = []
  /// The proof that something prepared here in an earlier view, of the highest such view.
  ///
  /// Kept until the number is below a stable checkpoint, whatever happens in later views (§4.4).
  public internal(set) var certificate: PreparedProof?
  /// The phase whose consequences have been drawn in this view; each is drawn once.
  var announced = Phase.empty

  // What follows is asked of every slot at every message. It is inlined, and votes are visited by index, so
  // that asking copies nothing.

  /// The requests that the accepted PRE-PREPARE orders, where they are known.
  public var batch: Batch? { batchIndex.map { batches[$0] } }

  /// Where they are among the batches.
  @inline(__always)
  private var batchIndex: Int? {
    guard let digest = prePrepare?.digest else { return nil }
    for index in batches.indices where batches[index].digest == digest { return index }
    return nil
  }

  /// Whether a PRE-PREPARE has been accepted and its requests are known.
  @inline(__always)
  var hasBatch: Bool { batchIndex != nil }

  /// How many PREPAREs count: from backups, for the accepted digest.
  @inline(__always)
  public func matchingPrepares(in settings: Settings) -> Int {
    guard let digest = prePrepare?.digest, let view = prePrepare?.view else { return 0 }
    // The primary's PRE-PREPARE is its vote; a PREPARE in its name would be a second one (§4.2).
    let primary = settings.cluster.primary(of: view)
    let countsPrimary = settings.rulesOff.contains(.notFromPrimary)
    var count = 0
    for index in prepares.indices
    where prepares[index].digest == digest
      && (countsPrimary || prepares[index].replica != primary)
    {
      count += 1
    }
    return count
  }

  /// How many COMMITs count: for the accepted digest.
  @inline(__always)
  public func matchingCommits() -> Int {
    guard let digest = prePrepare?.digest else { return 0 }
    var count = 0
    for index in commits.indices where commits[index].digest == digest { count += 1 }
    return count
  }

  /// How far agreement has come in the current view.
  @inline(__always)
  public func phase(in settings: Settings) -> Phase {
    // pre-prepared: the PRE-PREPARE and its requests are in the log (§4.2).
    guard hasBatch else { return .empty }
    // prepared: and 2f PREPAREs of different backups match it (§4.2).
    let needed = settings.cluster.prepares
    guard prepares.count >= needed, matchingPrepares(in: settings) >= needed else {
      return .prePrepared
    }
    // committed-local: prepared, and 2f + 1 COMMITs of different replicas match it (§4.2).
    if settings.rulesOff.contains(.committed) { return .committed }
    let quorum = settings.cluster.quorum
    return commits.count >= quorum && matchingCommits() >= quorum ? .committed : .prepared
  }

  /// The proof that the accepted PRE-PREPARE prepared here, if it did.
  func proof(in settings: Settings) -> PreparedProof? {
    guard let prePrepare, phase(in: settings) >= .prepared else { return nil }
    let primary = settings.cluster.primary(of: prePrepare.view)
    let countsPrimary = settings.rulesOff.contains(.notFromPrimary)
    let matching = prepares.filter {
      $0.digest == prePrepare.digest && (countsPrimary || $0.replica != primary)
    }
    return PreparedProof(
      prePrepare: prePrepare, prepares: Array(matching.prefix(settings.cluster.prepares)))
  }

  mutating func add(_ batch: Batch) {
    for known in batches where known.digest == batch.digest { return }
    batches.append(batch)
  }

  /// Begins to use the slot for a number, keeping its memory.
  mutating func reuse(for sequence: SequenceNumber) {
    self.sequence = sequence
    prePrepare = nil
    if !batches.isEmpty { batches.removeAll(keepingCapacity: true) }
    if !prepares.isEmpty { prepares.removeAll(keepingCapacity: true) }
    if !commits.isEmpty { commits.removeAll(keepingCapacity: true) }
    if certificate != nil { certificate = nil }
    announced = .empty
  }

  /// Leaves the view: what prepared in it becomes a certificate, the votes go.
  mutating func leaveView(in settings: Settings) {
    keepCertificate(in: settings)
    prePrepare = nil
    prepares.removeAll(keepingCapacity: true)
    commits.removeAll(keepingCapacity: true)
    announced = .empty
  }

  /// Keeps the proof of what prepared, unless one of a higher view is kept already.
  mutating func keepCertificate(in settings: Settings) {
    guard let proof = proof(in: settings) else { return }
    if let certificate, certificate.view >= proof.view { return }
    certificate = proof
  }
}

/// The slots between the watermarks: a ring of L, so that a number always finds its slot at n mod L.
public struct Log: Hashable, Sendable {
  /// *h*, the last stable checkpoint.
  public private(set) var low = SequenceNumber.zero
  var slots: [Slot]

  init(size: Int) { slots = Array(repeating: Slot(), count: size) }

  /// *H = h + L*.
  public var high: SequenceNumber { low + slots.count }

  /// Whether h < n <= H (§4.2).
  @inline(__always)
  public func contains(_ n: SequenceNumber) -> Bool { n > low && n <= high }

  /// What is known about a number, or nil when nothing is or it lies outside the watermarks.
  public subscript(n: SequenceNumber) -> Slot? {
    guard contains(n) else { return nil }
    let slot = slots[n.number % slots.count]
    return slot.sequence == n ? slot : nil
  }

  /// The place of a number between the watermarks, made ready for it.
  mutating func place(of n: SequenceNumber) -> Int {
    let index = n.number % slots.count
    if slots[index].sequence != n { slots[index].reuse(for: n) }
    return index
  }

  /// The places in use, in order of their numbers.
  var places: [Int] {
    (low.number + 1...high.number).compactMap { n in
      let index = n % slots.count
      return slots[index].sequence.number == n ? index : nil
    }
  }

  /// The slots in use, in order of their numbers.
  public var used: [Slot] { places.map { slots[$0] } }

  /// Discards everything up to a stable checkpoint and moves the watermarks (§4.3).
  mutating func advance(to stable: SequenceNumber) {
    guard stable > low else { return }
    var n = low.next
    while n <= min(stable, high) {
      let index = n.number % slots.count
      if slots[index].sequence == n { slots[index].reuse(for: .zero) }
      n = n.next
    }
    low = stable
  }
}
