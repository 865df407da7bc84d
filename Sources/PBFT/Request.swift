/// ⟨REQUEST, o, t, c⟩σc: what a client wants executed (§4.1).
///
/// Written `alice/3`.
///
/// Whoever mentions a request shares it: it is made once, never changes, and a copy is a reference.
public struct Request: Hashable, Sendable, CustomStringConvertible {
  private final class Content: Sendable {
    let operation: Operation
    let timestamp: Timestamp
    let client: ClientID
    let signature: Signature
    let digest: Digest

    init(
      _ operation: Operation, _ timestamp: Timestamp, _ client: ClientID, _ signature: Signature,
      _ digest: Digest
    ) {
      self.operation = operation
      self.timestamp = timestamp
      self.client = client
      self.signature = signature
      self.digest = digest
    }
  }

  private let content: Content

  public var operation: Operation { content.operation }
  public var timestamp: Timestamp { content.timestamp }
  public var client: ClientID { content.client }
  public var signature: Signature { content.signature }
  /// D(o, t, c).
  public var digest: Digest { content.digest }

  public init(
    _ operation: Operation, timestamp: Timestamp, client: ClientID, by signer: Signer
  ) {
    let encoded = Self.content(operation, timestamp, client)
    content = Content(
      operation, timestamp, client, signer.sign { encoded }, Digest(of: encoded))
  }

  /// The canonical bytes that are digested and signed.
  public static func content(
    _ operation: Operation, _ timestamp: Timestamp, _ client: ClientID
  ) -> Encoder {
    var encoder = Encoder(tag: "REQUEST")
    encoder.append(operation.description)
    encoder.append(timestamp.number)
    encoder.append(client.index)
    return encoder
  }

  /// Whether the client that it names has signed it.
  public var isAuthentic: Bool { signature.signedBy == .client(client) }

  public var description: String { "\(client)/\(timestamp.number)" }

  // Equal digests mean equal content; comparing texts again would cost more and tell nothing.
  public static func == (one: Self, other: Self) -> Bool {
    one.content === other.content
      || one.digest == other.digest && one.signature == other.signature
  }
  public func hash(into hasher: inout Hasher) { hasher.combine(digest.first) }
}

/// The requests *m* that one sequence number orders, in the order of their execution.
///
/// Its digest is computed from the requests when it is made, so *d = D(m)* can be checked by comparing.
public struct Batch: Hashable, Sendable {
  public let requests: [Request]
  /// D(m): over the digests of the requests.
  public let digest: Digest

  public init(_ requests: [Request]) {
    self.requests = requests
    var encoder = Encoder(tag: "BATCH")
    encoder.append(requests.count)
    for request in requests { encoder.append(request.digest) }
    digest = Digest(of: encoder)
  }

  /// The null request: goes through the protocol like another, and its execution does nothing (§4.4).
  public static let null = Batch([])

  public var isNull: Bool { requests.isEmpty }

  public static func == (one: Self, other: Self) -> Bool {
    one.digest == other.digest && one.requests == other.requests
  }
  public func hash(into hasher: inout Hasher) { hasher.combine(digest.first) }
}
