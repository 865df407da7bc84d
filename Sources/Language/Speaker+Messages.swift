public import PBFT

/// One field of a message: its name in the paper and what it holds.
public struct Field: Hashable, Sendable {
  public let name: String
  public let value: String
  /// The value in few words: of a digest its letter.
  public let brief: String

  public init(_ name: String, _ value: String, brief: String? = nil) {
    self.name = name
    self.value = value
    self.brief = brief ?? value
  }
}

extension Speaker {
  /// A message in short, without its sender: `PREPARE v0 n1 a`.
  public func short(_ message: Message) -> String {
    let kind = message.kind.rawValue
    switch message {
    case .request(let request): return "\(kind) \(request) \(request.operation.text)"
    case .prePrepare(let m, _): return "\(kind) \(m.view) \(m.sequence) \(name(of: m.digest))"
    case .prepare(let m): return "\(kind) \(m.view) \(m.sequence) \(name(of: m.digest))"
    case .commit(let m): return "\(kind) \(m.view) \(m.sequence) \(name(of: m.digest))"
    case .reply(let m):
      return "\(kind) \(m.view) \(m.client)/\(m.timestamp.number) \(written(m.result))"
    case .checkpoint(let m): return "\(kind) \(m.sequence) \(name(of: m.digest))"
    case .viewChange(let m):
      let proofs = m.prepared.map { "\($0.sequence) \($0.view) \(name(of: $0.digest))" }
      return "\(kind) \(m.view) C \(m.stable.sequence) P {\(proofs.joined(separator: ", "))}"
    case .newView(let m):
      let senders = m.viewChanges.map(\.replica.description).joined(separator: " ")
      return "\(kind) \(m.view) V {\(senders)} O {\(short(m.prePrepares))}"
    case .status(let m):
      return "\(kind) \(m.view) h \(m.lowWatermark.number) executed \(m.lastExecuted.number)"
    case .fetch(let m): return "\(kind) \(short(m.item))"
    case .data(let m): return "\(kind) \(short(m.item))"
    }
  }

  private func short(_ prePrepares: [PrePrepare]) -> String {
    prePrepares.map { "\($0.sequence) \(name(of: $0.digest))" }.joined(separator: ", ")
  }

  private func short(_ item: FetchItem) -> String {
    switch item {
    case .batch(let n, let digest): "\(n) \(name(of: digest))"
    case .state(let n, let digest): "state \(n) \(name(of: digest))"
    }
  }

  /// Every field of a message by the paper's name, in the paper's order.
  public func fields(_ message: Message) -> [Field] {
    let signer =
      message.signedBy.map(\.description) ?? "nobody"
    let honest = message.isAuthentic ? "" : ", but names \(message.author)"
    return [Field("type", message.kind.rawValue)] + content(message) + [
      Field("sender", message.author.description), Field("signed by", signer + honest),
    ]
  }

  private func content(_ message: Message) -> [Field] {
    switch message {
    case .request(let m):
      [
        Field("o operation", m.operation.text), Field("t timestamp", "\(m.timestamp.number)"),
        Field("c client", "\(m.client)"), field("D(m) digest", m.digest),
      ]
    case .prePrepare(let m, let batch):
      vote(m.view, m.sequence, m.digest) + [Field("m requests", requests(batch))]
    case .prepare(let m): vote(m.view, m.sequence, m.digest)
    case .commit(let m): vote(m.view, m.sequence, m.digest)
    case .reply(let m):
      [
        Field("v view", "\(m.view.number)"), Field("t timestamp", "\(m.timestamp.number)"),
        Field("c client", "\(m.client)"), Field("r result", m.result),
      ]
    case .checkpoint(let m):
      [Field("n sequence", "\(m.sequence.number)"), field("d state digest", m.digest)]
    case .viewChange(let m): viewChange(m)
    case .newView(let m): newView(m)
    case .status(let m): status(m)
    case .fetch(let m): [Field("asks for", short(m.item)), field("d digest", m.item.digest)]
    case .data(let m):
      [Field("answers", short(m.item)), field("d asked for", m.item.digest)] + data(m)
    }
  }

  private func vote(_ view: View, _ n: SequenceNumber, _ digest: Digest) -> [Field] {
    [
      Field("v view", "\(view.number)"), Field("n sequence", "\(n.number)"),
      field("d digest", digest),
    ]
  }

  private func data(_ message: DataMessage) -> [Field] {
    switch message.content {
    case .batch(let batch):
      [Field("m requests", requests(batch)), field("D(m) digest", batch.digest)]
    case .state(let snapshot):
      [
        Field("keys", "\(snapshot.store.entries.count)"),
        field("D(state) digest", snapshot.digest),
      ]
    }
  }

  /// The requests that a PRE-PREPARE brings.
  private func requests(_ batch: Batch?) -> String {
    guard let batch else { return "not sent along" }
    if batch.isNull { return null }
    return batch.requests.map { "\($0) \($0.operation.text)" }.joined(separator: ", ")
  }

  /// The name of a digest and all of its digits, in groups of sixteen.
  private func field(_ label: String, _ digest: Digest) -> Field {
    let (name, digits) = (name(of: digest), digest.description)
    let groups = stride(from: 0, to: digits.count, by: 16).map {
      String(digits.dropFirst($0).prefix(16))
    }
    return Field(label, "\(name) = \(groups.joined(separator: " "))", brief: name)
  }
}
