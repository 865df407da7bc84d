/// Everything that travels between replicas and clients.
///
/// The votes of the three phases and the replies, by far the most frequent, lie in the value itself; the
/// rest is boxed, so that a copy of a message costs little whatever it holds.
public enum Message: Hashable, Sendable {
  case request(Request)
  /// A PRE-PREPARE and, beside it, its requests; nil when only the digest is sent.
  indirect case prePrepare(PrePrepare, Batch?)
  case prepare(Prepare)
  case commit(Commit)
  case reply(Reply)
  case checkpoint(Checkpoint)
  indirect case viewChange(ViewChange)
  indirect case newView(NewView)
  indirect case status(Status)
  indirect case fetch(Fetch)
  indirect case data(DataMessage)

  /// The kind of message, by the paper's name.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case request = "REQUEST"
    case prePrepare = "PRE-PREPARE"
    case prepare = "PREPARE"
    case commit = "COMMIT"
    case reply = "REPLY"
    case checkpoint = "CHECKPOINT"
    case viewChange = "VIEW-CHANGE"
    case newView = "NEW-VIEW"
    case status = "STATUS"
    case fetch = "FETCH"
    case data = "DATA"

    /// One or two letters for narrow places.
    public var short: String {
      switch self {
      case .request: "RQ"
      case .prePrepare: "PP"
      case .prepare: "P"
      case .commit: "C"
      case .reply: "RE"
      case .checkpoint: "CK"
      case .viewChange: "VC"
      case .newView: "NV"
      case .status: "ST"
      case .fetch: "FE"
      case .data: "DA"
      }
    }
  }

  public var kind: Kind {
    switch self {
    case .request: .request
    case .prePrepare: .prePrepare
    case .prepare: .prepare
    case .commit: .commit
    case .reply: .reply
    case .checkpoint: .checkpoint
    case .viewChange: .viewChange
    case .newView: .newView
    case .status: .status
    case .fetch: .fetch
    case .data: .data
    }
  }

  /// Whom the message claims to come from; its signature must be by this principal's key.
  public var author: Principal {
    switch self {
    case .request(let message): .client(message.client)
    case .prePrepare(let message, _): .replica(message.replica)
    case .prepare(let message): .replica(message.replica)
    case .commit(let message): .replica(message.replica)
    case .reply(let message): .replica(message.replica)
    case .checkpoint(let message): .replica(message.replica)
    case .viewChange(let message): .replica(message.replica)
    case .newView(let message): .replica(message.replica)
    case .status(let message): .replica(message.replica)
    case .fetch(let message): .replica(message.replica)
    case .data(let message): .replica(message.replica)
    }
  }

  /// The owner of the key that really signed it, or nil.
  public var signedBy: Principal? {
    switch self {
    case .request(let message): message.signature.signedBy
    case .prePrepare(let message, _): message.signature.signedBy
    case .prepare(let message): message.signature.signedBy
    case .commit(let message): message.signature.signedBy
    case .reply(let message): message.signature.signedBy
    case .checkpoint(let message): message.signature.signedBy
    case .viewChange(let message): message.signature.signedBy
    case .newView(let message): message.signature.signedBy
    case .status(let message): message.signature.signedBy
    case .fetch(let message): message.signature.signedBy
    case .data(let message): message.signature.signedBy
    }
  }

  /// Whether the principal it names has signed it.
  public var isAuthentic: Bool {
    switch self {
    case .prepare(let message): message.isAuthentic
    case .commit(let message): message.isAuthentic
    case .reply(let message): message.isAuthentic
    default: signedBy == author
    }
  }

  public var view: View? {
    switch self {
    case .prePrepare(let message, _): message.view
    case .prepare(let message): message.view
    case .commit(let message): message.view
    case .reply(let message): message.view
    case .viewChange(let message): message.view
    case .newView(let message): message.view
    case .status(let message): message.view
    case .request, .checkpoint, .fetch, .data: nil
    }
  }

  public var sequence: SequenceNumber? {
    switch self {
    case .prePrepare(let message, _): message.sequence
    case .prepare(let message): message.sequence
    case .commit(let message): message.sequence
    case .checkpoint(let message): message.sequence
    case .fetch(let message): message.item.sequence
    case .data(let message): message.item.sequence
    case .viewChange(let message): message.stable.sequence
    case .request, .reply, .newView, .status: nil
    }
  }

  public var digest: Digest? {
    switch self {
    case .request(let message): message.digest
    case .prePrepare(let message, _): message.digest
    case .prepare(let message): message.digest
    case .commit(let message): message.digest
    case .checkpoint(let message): message.digest
    case .fetch(let message): message.item.digest
    case .data(let message): message.item.digest
    case .viewChange(let message): message.digest
    case .reply, .newView, .status: nil
    }
  }
}
