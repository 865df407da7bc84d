internal import Crypto

/// How messages are signed.
public enum Scheme: String, Hashable, Sendable, CaseIterable {
  /// Ed25519 signatures over the canonical bytes.
  case ed25519
  /// A mark that only the owner of a key can make; costs nothing. For search, replay and benchmarks.
  case ideal
}

/// What is known of a message's signature: whose key really made it over exactly these bytes.
///
/// A signature is made together with the message it belongs to and cannot be moved to another. It is
/// verified once, when it is made, and the verdict travels with every copy. The bytes never take part
/// in a comparison: two messages are equal when they say the same under the same key.
public struct Signature: Hashable, Sendable {
  /// The owner of the key, or nil when no key verifies these bytes.
  public let signedBy: Principal?
  /// The 64 bytes of an Ed25519 signature; nil under the ideal scheme.
  public let bytes: [UInt8]?

  /// A signature that nobody's key verifies.
  public static let invalid = Signature(signedBy: nil, bytes: nil)

  public static func == (one: Self, other: Self) -> Bool { one.signedBy == other.signedBy }
  public func hash(into hasher: inout Hasher) { hasher.combine(signedBy) }
}

/// The private key of one principal: whoever holds it can sign in that name, and nobody else can.
public struct Signer: Hashable, Sendable {
  public let owner: Principal
  private let key: Curve25519.Signing.PrivateKey?

  /// The key that this principal has in a world with this seed.
  public init(owner: Principal, seed: UInt64, scheme: Scheme) {
    self.owner = owner
    switch scheme {
    case .ideal: key = nil
    case .ed25519:
      var encoder = Encoder(tag: "pbftscope key")
      encoder.append(Int(Int64(bitPattern: seed)))
      encoder.append(owner)
      // Any 32 bytes are an Ed25519 private key, so this cannot fail.
      key = try? Curve25519.Signing.PrivateKey(
        rawRepresentation: Digest(of: encoder).bytes)
    }
  }

  /// Signs what the encoder holds. The bytes are only made when the scheme needs them.
  func sign(_ content: () -> Encoder) -> Signature {
    guard let key else { return Signature(signedBy: owner, bytes: nil) }
    let bytes = content().bytes
    guard let signature = try? key.signature(for: bytes),
      key.publicKey.isValidSignature(signature, for: bytes)
    else { return .invalid }
    return Signature(signedBy: owner, bytes: Array(signature))
  }

  /// Whether these signature bytes verify for this content under this signer's public key.
  public func verifies(_ signature: Signature, over content: Encoder) -> Bool {
    guard let key, let bytes = signature.bytes else { return signature.signedBy == owner }
    return key.publicKey.isValidSignature(bytes, for: content.bytes)
  }

  public static func == (one: Self, other: Self) -> Bool { one.owner == other.owner }
  public func hash(into hasher: inout Hasher) { hasher.combine(owner) }
}
