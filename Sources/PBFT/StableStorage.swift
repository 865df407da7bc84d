/// One write to a replica's disk: what must not be forgotten, in the words of the message that depends on it.
///
/// A replica that restarts is as good as one that was only slow if nothing that it has told others is lost.
/// So each of these is written before the message that it backs leaves.
public indirect enum StableRecord: Hashable, Sendable {
  /// Q: the PRE-PREPARE that it proposes or votes for, and its requests where it holds them.
  case prePrepared(PrePrepare, Batch?)
  /// P: the proof that something prepared, and its requests.
  case prepared(PreparedProof, Batch?)
  /// What it executes: the PRE-PREPARE, the COMMITs that decided it, and the requests.
  case committed(PrePrepare, [Commit], Batch)
  /// It has left its view: the view it asks for, C and P.
  case viewChange(ViewChange)
  /// It has entered a view: V and O.
  case newView(NewView)
  /// The state that its CHECKPOINT promises.
  case checkpoint(Checkpoint, Snapshot)
  /// The proof of a stable checkpoint: what lies below it may go.
  case stable(StableProof)

  /// The rule that this write obeys; nil where no message depends on it.
  public var rule: Rule? {
    switch self {
    case .prePrepared: .durablePrePrepared
    case .prepared: .durablePrepared
    case .committed: .durableExecuted
    case .viewChange: .durableView
    case .newView: .durableNewView
    case .checkpoint: .durableCheckpoint
    case .stable: nil
    }
  }

  /// The rule with what it is about, as a finding: the write is what makes the rule hold.
  public var finding: Finding? {
    guard let rule else { return nil }
    if let sequence, let view {
      return .accepted(rule, Values(.n, sequence.number, .view, view.number))
    }
    if let sequence { return .accepted(rule, Values(.n, sequence.number)) }
    return .accepted(rule, view.map { Values(.view, $0.number) } ?? .none)
  }

  /// The sequence number it is about; nil for a view.
  public var sequence: SequenceNumber? {
    switch self {
    case .prePrepared(let prePrepare, _), .committed(let prePrepare, _, _): prePrepare.sequence
    case .prepared(let proof, _): proof.sequence
    case .checkpoint(let checkpoint, _): checkpoint.sequence
    case .stable(let proof): proof.sequence
    case .viewChange, .newView: nil
    }
  }

  /// The view it is about; nil for a checkpoint.
  public var view: View? {
    switch self {
    case .prePrepared(let prePrepare, _), .committed(let prePrepare, _, _): prePrepare.view
    case .prepared(let proof, _): proof.view
    case .viewChange(let viewChange): viewChange.view
    case .newView(let newView): newView.view
    case .checkpoint, .stable: nil
    }
  }

  /// The digest it is about; nil for a view.
  public var digest: Digest? {
    switch self {
    case .prePrepared(let prePrepare, _), .committed(let prePrepare, _, _): prePrepare.digest
    case .prepared(let proof, _): proof.digest
    case .checkpoint(let checkpoint, _): checkpoint.digest
    case .stable(let proof): proof.digest
    case .viewChange, .newView: nil
    }
  }

  /// One word for it: `pre-prepared`.
  public var word: String {
    switch self {
    case .prePrepared: "pre-prepared"
    case .prepared: "prepared"
    case .committed: "committed"
    case .viewChange: "view-change"
    case .newView: "new-view"
    case .checkpoint: "checkpoint"
    case .stable: "stable"
    }
  }
}

/// The disk of one replica: what is left of it after a crash.
///
/// It is the fold of the records written to it, and holds no more than the log does: a stable checkpoint
/// cuts both.
public struct StableStorage: Hashable, Sendable {
  /// What it holds about one sequence number.
  public struct Entry: Hashable, Sendable {
    public let sequence: SequenceNumber
    /// Q: the PRE-PREPARE of the highest view.
    public internal(set) var accepted: PrePrepare?
    /// P: the proof of the highest view.
    public internal(set) var prepared: PreparedProof?
    /// What was executed, and the COMMITs that decided it.
    public internal(set) var committed: Committed?
    /// The requests known for this number.
    public internal(set) var batches: [Batch] = []

    func batch(_ digest: Digest) -> Batch? { batches.first { $0.digest == digest } }
  }

  /// What was executed at a number.
  public struct Committed: Hashable, Sendable {
    public let prePrepare: PrePrepare
    public let commits: [Commit]
    public let batch: Batch
  }

  public private(set) var view = View(0)
  /// False while the last view written is one that it asked for.
  public private(set) var isActive = true
  /// The VIEW-CHANGE with which it left its view.
  public private(set) var viewChange: ViewChange?
  /// The NEW-VIEW that the last view was entered with.
  public private(set) var newView: NewView?
  public private(set) var stable = StableProof.start
  /// The states promised by own CHECKPOINTs, in order; the first is where execution is repeated from.
  public private(set) var checkpoints: [Replica.OwnCheckpoint] = []
  /// In order of the numbers.
  public private(set) var entries: [Entry] = []
  /// The last view in which something was executed.
  public private(set) var progressView = View(0)

  public init() {}

  public subscript(n: SequenceNumber) -> Entry? { entries.first { $0.sequence == n } }

  /// Writes a record.
  public mutating func write(_ record: StableRecord) {
    switch record {
    case .prePrepared(let prePrepare, let batch): accept(prePrepare, batch)
    case .prepared(let proof, let batch): keep(proof, batch)
    case .committed(let prePrepare, let commits, let batch):
      let place = place(of: prePrepare.sequence)
      add(batch, at: place)
      entries[place].committed = Committed(
        prePrepare: prePrepare, commits: commits, batch: batch)
      if !batch.isNull { progressView = max(progressView, prePrepare.view) }
    case .viewChange(let viewChange):
      view = viewChange.view
      isActive = false
      self.viewChange = viewChange
      for proof in viewChange.prepared { keep(proof, nil) }
    case .newView(let newView):
      view = newView.view
      isActive = true
      viewChange = nil
      self.newView = newView
      for proposal in newView.prePrepares { accept(proposal, nil) }
      truncate()
    case .checkpoint(let checkpoint, let snapshot):
      checkpoints.removeAll { $0.sequence >= checkpoint.sequence }
      checkpoints.append(Replica.OwnCheckpoint(message: checkpoint, snapshot: snapshot))
      truncate()
    case .stable(let proof):
      stable = proof
      truncate()
    }
  }

  private mutating func accept(_ prePrepare: PrePrepare, _ batch: Batch?) {
    let place = place(of: prePrepare.sequence)
    if let batch { add(batch, at: place) }
    if let held = entries[place].accepted, held.view > prePrepare.view { return }
    entries[place].accepted = prePrepare
  }

  private mutating func keep(_ proof: PreparedProof, _ batch: Batch?) {
    let place = place(of: proof.sequence)
    if let batch { add(batch, at: place) }
    if let held = entries[place].prepared, held.view >= proof.view { return }
    entries[place].prepared = proof
  }

  private mutating func add(_ batch: Batch, at place: Int) {
    if entries[place].batch(batch.digest) == nil { entries[place].batches.append(batch) }
  }

  /// Where the entry of a number is, made if need be.
  private mutating func place(of n: SequenceNumber) -> Int {
    let place = entries.firstIndex { $0.sequence >= n } ?? entries.count
    if place == entries.count || entries[place].sequence != n {
      entries.insert(Entry(sequence: n), at: place)
    }
    return place
  }

  /// Below a stable checkpoint only what execution must be repeated with stays: nothing once the state of
  /// that checkpoint is here (§4.3).
  private mutating func truncate() {
    let base = checkpoints.last { $0.sequence <= stable.sequence }?.sequence ?? .zero
    checkpoints.removeAll { $0.sequence < base }
    entries.removeAll {
      $0.sequence <= base || ($0.sequence <= stable.sequence && $0.committed == nil)
    }
  }
}
