internal import PBFT

/// Finds out the lamps of one number in one world.
struct QuorumTableMaker {
  let sequence: SequenceNumber
  let checkpoint: SequenceNumber
  let world: World
  /// What is on its way and belongs to the number, to the first copies of replicas.
  let inFlight: [Envelope]
  /// What was refused or lost, likewise, in order.
  private let strays: [Stray]
  /// The places of both by what they are and between whom; only looked up.
  private var copiesOf: [Way: [Int]] = [:]
  private var straysOf: [Way: [Int]] = [:]
  /// The replies that were received, refused or lost.
  let replies: [Stray]

  private struct Way: Hashable {
    let kind: Message.Kind
    let from: Principal
    let to: Principal

    init(_ message: Message, to recipient: Principal) {
      (kind, from, to) = (message.kind, message.author, recipient)
    }

    init(_ lamp: Lamp, to recipient: ReplicaID) {
      (kind, from, to) = (lamp.kind, .replica(lamp.sender), .replica(recipient))
    }
  }

  /// A vote that never counted, and why.
  struct Stray {
    let message: Message
    let to: Principal
    let state: Lamp.State
  }

  init(_ sequence: SequenceNumber, _ world: World, _ all: some Sequence<Happening>) {
    self.sequence = sequence
    self.world = world
    // A checkpoint is taken where n is divisible by K (§4.3).
    let interval = world.settings.checkpointInterval
    let rest = sequence.number % interval
    let checkpoint = rest == 0 ? sequence : sequence + (interval - rest)
    self.checkpoint = checkpoint
    func belongs(_ message: Message) -> Bool {
      switch message.kind {
      case .prePrepare, .prepare, .commit: message.sequence == sequence
      case .checkpoint: message.sequence == checkpoint
      case .reply: true
      default: false
      }
    }
    inFlight = world.inFlight.filter { !$0.toTwin && belongs($0.message) }
    var (votes, replies): ([Stray], [Stray]) = ([], [])
    for happening in all {
      guard let stray = Self.stray(happening), belongs(stray.message) else { continue }
      if stray.message.kind == .reply { replies.append(stray) } else { votes.append(stray) }
    }
    (strays, self.replies) = (votes, replies)
    for (place, copy) in inFlight.enumerated() {
      copiesOf[Way(copy.message, to: copy.to), default: []].append(place)
    }
    for (place, stray) in strays.enumerated() {
      straysOf[Way(stray.message, to: stray.to), default: []].append(place)
    }
  }

  private static func stray(_ happening: Happening) -> Stray? {
    switch happening.kind {
    case .receive(_, let message, _, let to, let finding):
      return stray(message, to, finding, happening.time)
    case .judgedLater(let replica, let message, let finding):
      return stray(message, .replica(replica), finding, happening.time)
    case .drop(_, let message, _, let to, let loss):
      return Stray(message: message, to: to, state: .lost(loss, at: happening.time))
    default: return nil
    }
  }

  private static func stray(
    _ message: Message, _ to: Principal, _ finding: Finding, _ time: Instant
  ) -> Stray? {
    switch finding.verdict {
    case .refused: Stray(message: message, to: to, state: .refused(finding, at: time))
    case .accepted where message.kind == .reply:
      Stray(message: message, to: to, state: .counts(1))
    // What is kept is in the log, for as long as it is kept.
    case .accepted, .kept: nil
    }
  }

  // MARK: Columns

  func column(_ own: Replica) -> QuorumColumn {
    let slot = own.log[sequence]
    let needs = world.settings.needs
    let isStable = own.low >= checkpoint
    return QuorumColumn(
      replica: own.id, view: own.enteredView, isActive: own.isActive,
      isDiscarded: sequence <= own.low, isExecuted: sequence <= own.lastExecuted,
      accepted: slot?.prePrepare?.digest, hasRequests: slot?.batch != nil,
      prepares: QuorumTally(
        have: slot?.matchingPrepares(in: world.settings) ?? 0, need: needs.prepares),
      commits: QuorumTally(have: slot?.matchingCommits() ?? 0, need: needs.quorum),
      checkpoints: QuorumTally(have: checkpointVotes(at: own), need: needs.stable),
      isStable: isStable, certificate: slot?.certificate)
  }

  private func checkpointVotes(at own: Replica) -> Int {
    if own.low >= checkpoint {
      return own.stable.sequence == checkpoint ? own.stable.checkpoints.count : 0
    }
    let held = own.checkpoints.filter { $0.sequence == checkpoint }
    func count(_ digest: Digest) -> Int { held.count { $0.digest == digest } }
    if let mine = ownCheckpoint(of: own) { return count(mine) }
    return held.map { count($0.digest) }.max() ?? 0
  }

  private func ownCheckpoint(of own: Replica) -> Digest? {
    own.ownCheckpoints.first { $0.sequence == checkpoint }?.digest
  }

  // MARK: Lamps

  func lamp(_ kind: Message.Kind, from sender: ReplicaID, at own: Replica) -> Lamp {
    var lamp = held(kind, from: sender, at: own)
    let way = Way(lamp, to: own.id)
    // What is of an earlier view does not matter any more.
    func matters(_ message: Message) -> Bool {
      (message.view ?? own.enteredView) >= own.enteredView
    }
    let strays = (straysOf[way] ?? []).map { self.strays[$0] }.filter { matters($0.message) }
    switch lamp.state {
    case .absent, .unexpected: break
    default:
      let other = strays.last { $0.message.digest != lamp.digest }
      if case .refused(let finding, _) = other?.state, let digest = other?.message.digest,
        lamp.digest != nil
      {
        lamp.second = Lamp.Second(digest: digest, finding: finding)
      }
      return lamp
    }
    let copy = copiesOf[way]?.map { inFlight[$0] }.first { matters($0.message) }
    if let copy {
      lamp.state = .travelling(id: copy.id, arrives: copy.due)
      lamp.digest = copy.message.digest
      lamp.view = copy.message.view
    } else if let stray = strays.last {
      lamp.state = stray.state
      lamp.digest = stray.message.digest
      lamp.view = stray.message.view
    }
    return lamp
  }

  /// What the recipient holds itself; that it is absent, or that it is not to be expected.
  private func held(_ kind: Message.Kind, from sender: ReplicaID, at own: Replica) -> Lamp {
    var lamp = Lamp(kind, from: sender, isOwn: sender == own.id, .absent(isSent: false))
    if kind == .checkpoint {
      holdCheckpoint(&lamp, own)
      return lamp
    }
    let primary = world.settings.primary(of: own.enteredView)
    if sequence <= own.low {
      lamp.state =
        (kind == .prePrepare) != (sender == primary) && kind != .commit
        ? .unexpected : .discarded
      return lamp
    }
    let accepted = own.log[sequence]?.prePrepare
    let votes = votes(kind, of: sender, in: own)
    let counted = votes.filter { counts(kind, $0, sender, accepted) }
    if let vote = counted.first ?? votes.last {
      lamp.digest = vote
      lamp.view = own.enteredView
      lamp.state =
        !counted.isEmpty ? .counts(counted.count) : accepted == nil ? .early : .otherDigest
      if kind == .prePrepare, own.log[sequence]?.batch == nil { lamp.state = .withoutRequests }
      return lamp
    }
    let later = own.future.last {
      $0.kind == kind && $0.author == .replica(sender) && $0.sequence == sequence
    }
    if let later {
      (lamp.digest, lamp.view, lamp.state) = (later.digest, later.view, .later)
      return lamp
    }
    // The primary of a view proposes, and its PRE-PREPARE stands for its PREPARE (§4.2).
    if (kind == .prePrepare && sender != primary) || (kind == .prepare && sender == primary) {
      lamp.state = .unexpected
      return lamp
    }
    lamp.state = .absent(isSent: hasSent(kind, sender, in: own.enteredView))
    return lamp
  }

  /// The digests of the votes of a sender that a replica holds in its log.
  private func votes(
    _ kind: Message.Kind, of sender: ReplicaID, in own: Replica
  ) -> [Digest] {
    guard let slot = own.log[sequence] else { return [] }
    switch kind {
    case .prePrepare:
      return slot.prePrepare.flatMap { $0.replica == sender ? [$0.digest] : nil } ?? []
    case .prepare: return slot.prepares.filter { $0.replica == sender }.map(\.digest)
    default: return slot.commits.filter { $0.replica == sender }.map(\.digest)
    }
  }

  /// Whether a vote counts, as the replica's own log decides it.
  private func counts(
    _ kind: Message.Kind, _ digest: Digest, _ sender: ReplicaID, _ accepted: PrePrepare?
  ) -> Bool {
    let off = world.rulesOff
    guard let accepted else { return false }
    guard digest == accepted.digest || off.contains(.voteForOtherDigest) else { return false }
    // The primary's PRE-PREPARE is its vote; a PREPARE in its name would be a second one (§4.2).
    return kind != .prepare || sender != world.settings.primary(of: accepted.view)
      || off.contains(.notFromPrimary)
  }

  /// Whether the honest code of a sender has sent such a vote in a view.
  private func hasSent(_ kind: Message.Kind, _ sender: ReplicaID, in view: View) -> Bool {
    let sender = world.replicas[sender.index]
    guard sender.enteredView == view else { return false }
    return sequence <= sender.low || !votes(kind, of: sender.id, in: sender).isEmpty
  }

  // MARK: Checkpoints

  private func holdCheckpoint(_ lamp: inout Lamp, _ own: Replica) {
    if own.low >= checkpoint {
      let proof = own.stable
      guard proof.sequence == checkpoint,
        let vote = proof.checkpoints.first(where: { $0.replica == lamp.sender })
      else {
        // The proof holds as many as it takes; what came besides is discarded.
        lamp.state = .discarded
        return
      }
      (lamp.digest, lamp.state) = (vote.digest, .counts(1))
      return
    }
    let votes = own.checkpoints.filter {
      $0.sequence == checkpoint && $0.replica == lamp.sender
    }
    let mine = ownCheckpoint(of: own)
    guard let vote = votes.first(where: { $0.digest == mine }) ?? votes.last else {
      let sender = world.replicas[lamp.sender.index]
      lamp.state = .absent(isSent: sender.lastExecuted >= checkpoint)
      return
    }
    lamp.digest = vote.digest
    // h moves to what the replica has reached itself (§4.3).
    lamp.state =
      mine == nil
      ? .early
      : vote.digest == mine ? .counts(votes.count { $0.digest == mine }) : .otherDigest
  }

  // MARK: Requests

  /// The requests of every digest that a log, a message on its way or one that was refused shows for the number.
  var batches: [Batch] {
    var found: [Batch] = []
    func add(_ batch: Batch) { if !found.contains(batch) { found.append(batch) } }
    for replica in world.replicas {
      for batch in replica.log[sequence]?.batches ?? [] { add(batch) }
    }
    for message in inFlight.map(\.message) + strays.map(\.message) {
      if case .prePrepare(_, let batch?) = message { add(batch) }
    }
    return found
  }
}
