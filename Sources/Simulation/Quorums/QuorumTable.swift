public import PBFT

/// Who has voted for what at whom, for one sequence number.
///
/// What is held, and what of it counts, is read from the logs; what was refused or lost, from what has happened; what is
/// to come, from the messages on their way.
public struct QuorumTable: Hashable, Sendable {
  public let sequence: SequenceNumber
  /// The first checkpoint from the number on (§4.3).
  public let checkpoint: SequenceNumber
  public let columns: [QuorumColumn]
  public let proposals: QuorumBlock
  public let prepares: QuorumBlock
  public let commits: QuorumBlock
  public let checkpoints: QuorumBlock
  public let replies: [ReplyRow]
  /// Every digest that is seen for the number, in the order of their letters; what has none comes last.
  public let digests: [Digest]
  /// The requests behind these, where a replica or a message has them.
  public let batches: [Batch]

  /// The highest view that a column is of.
  public var view: View { columns.map(\.view).max() ?? View(0) }

  /// Whether all columns are of one view.
  public var isOfOneView: Bool { columns.allSatisfy { $0.view == view } }

  /// Whether every replica has discarded the number.
  public var isDiscarded: Bool { columns.allSatisfy(\.isDiscarded) }

  public func block(_ kind: Message.Kind) -> QuorumBlock {
    switch kind {
    case .prePrepare: proposals
    case .prepare: prepares
    case .checkpoint: checkpoints
    default: commits
    }
  }

  /// The table of a world; `strays` is what is recollected of votes that never counted, up to that moment.
  public init(
    _ sequence: SequenceNumber, in world: World, strays: some Sequence<Happening>
  ) {
    let maker = QuorumTableMaker(sequence, world, strays)
    self.sequence = sequence
    checkpoint = maker.checkpoint
    let columns = world.replicas.map(maker.column)
    self.columns = columns
    let replicas = world.cluster.replicas
    func block(_ kind: Message.Kind) -> QuorumBlock {
      QuorumBlock(
        kind: kind,
        rows: replicas.map { sender in
          QuorumBlock.Row(
            sender: sender, lamps: world.replicas.map { maker.lamp(kind, from: sender, at: $0) })
        }.filter { row in row.lamps.contains { $0.state != .unexpected } })
    }
    let blocks = [Message.Kind.prePrepare, .prepare, .commit, .checkpoint].map(block)
    (proposals, prepares, commits, checkpoints) = (blocks[0], blocks[1], blocks[2], blocks[3])
    batches = maker.batches
    let seen =
      blocks.prefix(3).flatMap { block in
        block.rows.flatMap { row in
          row.lamps.flatMap { [$0.digest, $0.second?.digest].compactMap { $0 } }
        }
      } + columns.compactMap { $0.certificate?.digest }
    let digests = seen.reduce(into: [Digest]()) { digests, digest in
      if !digests.contains(digest) { digests.append(digest) }
    }.sorted {
      let (one, other) = (world.letterIndex(of: $0), world.letterIndex(of: $1))
      return (one ?? .max, $0.first) < (other ?? .max, $1.first)
    }
    self.digests = digests
    // The requests of what somebody has accepted, in the order of the digests.
    let accepted = digests.filter { digest in columns.contains { $0.accepted == digest } }
    let known = batches
    let requests = accepted.flatMap { digest in
      known.first { $0.digest == digest }?.requests ?? []
    }
    replies = requests.reduce(into: []) { names, request in
      let name = RequestName(request)
      if !names.contains(name) { names.append(name) }
    }.map(maker.replies)
  }

  /// The number that one would look at first: the lowest that a correct replica has not executed and that something is
  /// known of, or else the last that anything is known of.
  public static func mostInteresting(in world: World) -> SequenceNumber {
    let used = numbers(in: world)
    let correct = world.correct.filter { !world.isCrashed($0) }.map { world.replicas[$0.index] }
    let executed = correct.map(\.lastExecuted).min() ?? .zero
    return used.first { $0 > executed } ?? used.last ?? SequenceNumber(1)
  }

  /// The numbers that can be asked about: from the lowest h to the highest in any log.
  public static func numbers(in world: World) -> [SequenceNumber] {
    var used: [SequenceNumber] = []
    for replica in world.replicas {
      used.append(max(replica.low, SequenceNumber(1)))
      for slot in replica.log.used
      where slot.prePrepare != nil || !slot.prepares.isEmpty || !slot.commits.isEmpty
        || slot.certificate != nil
      {
        used.append(slot.sequence)
      }
    }
    used.sort()
    let low = used[0].number
    // A gap can be asked about too, unless somebody has made up a number far away.
    let last = used.last { $0.number <= low + 8_000 }?.number ?? low
    return (low...last).map { SequenceNumber($0) }
      + used.filter { $0.number > last }.reduce(into: []) { numbers, n in
        if numbers.last != n { numbers.append(n) }
      }
  }
}
