/// What an adversary who holds a key, or a network that destroys bytes, can make of a message.
extension Message {
  /// The fields of a message that can be altered by name.
  public enum Field: String, Hashable, Sendable, CaseIterable {
    case view
    case sequence = "n"
    case digest
    /// Who claims to have sent it.
    case sender
    case result
  }

  /// One field with another content.
  public enum Change: Hashable, Sendable {
    case view(View)
    case sequence(SequenceNumber)
    /// The digest, and with a PRE-PREPARE the requests behind it where they are known.
    case digest(Digest, Batch?)
    case sender(ReplicaID)
    case result(String)
  }

  /// The same message with one field changed, or none, signed anew with this key.
  ///
  /// The name of the author stays unless it is what is changed. A field that messages of this kind do not
  /// have changes nothing.
  public func altered(_ change: Change?, by key: Signer) -> Message {
    var (view, sequence, digest) = (view ?? View(0), sequence ?? .zero, digest)
    var requests: Batch?
    var author: ReplicaID?
    var newResult: String?
    switch change {
    case nil: break
    case .view(let other): view = other
    case .sequence(let other): sequence = other
    case .digest(let other, let batch): (digest, requests) = (other, batch)
    case .sender(let other): author = other
    case .result(let other): newResult = other
    }
    switch self {
    case .request(let m):
      return .request(
        Request(m.operation, timestamp: m.timestamp, client: m.client, by: key))
    case .prePrepare(let m, let batch):
      return .prePrepare(
        PrePrepare(
          view: view, sequence: sequence, digest: digest ?? m.digest, replica: author ?? m.replica,
          by: key), requests ?? batch)
    case .prepare(let m):
      return .prepare(
        Prepare(
          view: view, sequence: sequence, digest: digest ?? m.digest, replica: author ?? m.replica,
          by: key))
    case .commit(let m):
      return .commit(
        Commit(
          view: view, sequence: sequence, digest: digest ?? m.digest, replica: author ?? m.replica,
          by: key))
    case .reply(let m):
      return .reply(
        Reply(
          view: view, timestamp: m.timestamp, client: m.client, replica: author ?? m.replica,
          result: newResult ?? m.result, by: key))
    case .checkpoint(let m):
      return .checkpoint(
        Checkpoint(
          sequence: sequence, digest: digest ?? m.digest, replica: author ?? m.replica, by: key))
    case .viewChange(let m):
      return .viewChange(
        ViewChange(
          view: view, stable: m.stable, prepared: m.prepared, replica: author ?? m.replica, by: key)
      )
    case .newView(let m):
      return .newView(
        NewView(
          view: view, viewChanges: m.viewChanges, prePrepares: m.prePrepares,
          replica: author ?? m.replica, by: key))
    case .status(let m):
      return .status(
        Status(
          view: view, isActive: m.isActive, lowWatermark: m.lowWatermark,
          lastExecuted: m.lastExecuted, lacks: m.lacks, periods: m.periods,
          replica: author ?? m.replica, by: key))
    case .fetch(let m):
      return .fetch(
        Fetch(m.item.with(sequence, digest ?? m.item.digest), replica: author ?? m.replica, by: key)
      )
    case .data(let m):
      return .data(
        DataMessage(
          m.item.with(sequence, digest ?? m.item.digest), m.content,
          replica: author ?? m.replica, by: key))
    }
  }

  /// The same message after some of its bytes were destroyed: nobody's key verifies it any more.
  public var corrupted: Message { altered(nil, by: .broken) }
}

extension Message.Kind {
  /// The fields of these messages that can be altered.
  public var fields: [Message.Field] {
    switch self {
    case .request: []
    case .prePrepare, .prepare, .commit: [.view, .sequence, .digest, .sender]
    case .reply: [.view, .sender, .result]
    case .checkpoint, .fetch, .data: [.sequence, .digest, .sender]
    case .viewChange, .newView, .status: [.view, .sender]
    }
  }
}

extension Message.Change {
  public var field: Message.Field {
    switch self {
    case .view: .view
    case .sequence: .sequence
    case .digest: .digest
    case .sender: .sender
    case .result: .result
    }
  }
}

extension FetchItem {
  fileprivate func with(_ sequence: SequenceNumber, _ digest: Digest) -> FetchItem {
    switch self {
    case .batch: .batch(sequence, digest)
    case .state: .state(sequence, digest)
    }
  }
}
