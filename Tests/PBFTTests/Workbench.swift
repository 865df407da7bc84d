import PBFT

/// Everything that replica-level tests are made of: keys, messages and certificates, each made in one line.
struct Workbench {
  var settings = Settings(checkpointInterval: 2, logSize: 4, window: 4)
  var scheme = Scheme.ideal

  func key(_ replica: Int) -> Signer {
    Signer(owner: .replica(ReplicaID(replica)), seed: 1, scheme: scheme)
  }

  func key(ofClient client: Int) -> Signer {
    Signer(owner: .client(ClientID(client)), seed: 1, scheme: scheme)
  }

  func replica(_ number: Int) -> Replica {
    Replica(ReplicaID(number), settings: settings, signer: key(number))
  }

  func request(_ client: Int, _ timestamp: Int = 1, by signer: Signer? = nil) -> Request {
    Request(
      .append(key: "x", value: "\(client)\(timestamp)"), timestamp: Timestamp(timestamp),
      client: ClientID(client), by: signer ?? key(ofClient: client))
  }

  /// The batches A, B and D of the fault table: one request of each client.
  var a: Batch { Batch([request(0)]) }
  var b: Batch { Batch([request(1)]) }
  var d: Batch { Batch([request(2)]) }

  func prePrepare(
    _ view: Int, _ n: Int, _ digest: Digest, from replica: Int? = nil, by signer: Signer? = nil
  ) -> PrePrepare {
    let replica = replica ?? view % settings.cluster.replicaCount
    return PrePrepare(
      view: View(view), sequence: SequenceNumber(n), digest: digest, replica: ReplicaID(replica),
      by: signer ?? key(replica))
  }

  func prepare(
    _ view: Int, _ n: Int, _ digest: Digest, from replica: Int, by signer: Signer? = nil
  ) -> Prepare {
    Prepare(
      view: View(view), sequence: SequenceNumber(n), digest: digest, replica: ReplicaID(replica),
      by: signer ?? key(replica % 13))
  }

  func commit(_ view: Int, _ n: Int, _ digest: Digest, from replica: Int) -> Commit {
    Commit(
      view: View(view), sequence: SequenceNumber(n), digest: digest, replica: ReplicaID(replica),
      by: key(replica))
  }

  func checkpoint(
    _ n: Int, _ digest: Digest, from replica: Int, by signer: Signer? = nil
  ) -> Checkpoint {
    Checkpoint(
      sequence: SequenceNumber(n), digest: digest, replica: ReplicaID(replica),
      by: signer ?? key(replica))
  }

  func proof(_ view: Int, _ n: Int, _ batch: Batch, from backups: [Int]) -> PreparedProof {
    PreparedProof(
      prePrepare: prePrepare(view, n, batch.digest),
      prepares: backups.map { prepare(view, n, batch.digest, from: $0) })
  }

  /// A stable checkpoint of the empty state.
  func stable(_ n: Int, from replicas: [Int] = [0, 1, 2]) -> StableProof {
    let digest = Snapshot().digest
    return StableProof(
      sequence: SequenceNumber(n), digest: digest,
      checkpoints: replicas.map { checkpoint(n, digest, from: $0) })
  }

  func viewChange(
    _ view: Int, from replica: Int, _ prepared: [PreparedProof] = [],
    stable: StableProof = .start, by signer: Signer? = nil
  ) -> ViewChange {
    ViewChange(
      view: View(view), stable: stable, prepared: prepared, replica: ReplicaID(replica),
      by: signer ?? key(replica))
  }

  func newView(
    _ view: Int, _ viewChanges: [ViewChange], _ prePrepares: [PrePrepare] = [],
    from replica: Int? = nil
  ) -> NewView {
    let replica = replica ?? view % settings.cluster.replicaCount
    return NewView(
      view: View(view), viewChanges: viewChanges, prePrepares: prePrepares,
      replica: ReplicaID(replica), by: key(replica))
  }
}

extension Replica {
  /// Takes a message from its author and says what it made of it.
  @discardableResult
  mutating func take(_ message: Message) -> Finding? {
    guard case .judged(let finding)? = step(.receive(message, link: message.author)).first else {
      return nil
    }
    return finding
  }
}
