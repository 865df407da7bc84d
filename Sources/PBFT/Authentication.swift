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
/// verified once, when it is made, and the verdict travels with every copy in place of the bytes: two
/// messages are equal when they say the same under the same key, and copying one costs next to nothing.
public struct Signature: Hashable, Sendable {
  /// The owner of the key, or nil when no key verifies these bytes.
  public let signedBy: Principal?

  /// A signature that nobody's key verifies.
  public static let invalid = Signature(signedBy: nil)
}

extension Signature: CustomStringConvertible {
  public var description: String { signedBy.map { "signed by \($0)" } ?? "signed by nobody" }
}

/// The private key of one principal: whoever holds it can sign in that name, and nobody else can.
public struct Signer: Hashable, Sendable {
  public let owner: Principal
  private let key: Curve25519.Signing.PrivateKey?
  /// What it signs is verified by nobody's key.
  private let isBroken: Bool

  /// No key at all: whatever is signed with it is authentic for nobody.
  public static let broken = Signer(
    owner: .replica(ReplicaID(0)), key: nil, isBroken: true)

  private init(owner: Principal, key: Curve25519.Signing.PrivateKey?, isBroken: Bool) {
    self.owner = owner
    self.key = key
    self.isBroken = isBroken
  }

  /// The key that this principal has in a world with this seed.
  public init(owner: Principal, seed: UInt64, scheme: Scheme) {
    self.owner = owner
    isBroken = false
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

  /// Signs what the encoder holds.
  ///
  /// The bytes are only made when the scheme needs them.
  func sign(_ content: () -> Encoder) -> Signature {
    guard key != nil else { return isBroken ? .invalid : Signature(signedBy: owner) }
    let content = content()
    guard let bytes = signatureBytes(for: content), verifies(bytes, over: content) else {
      return .invalid
    }
    return Signature(signedBy: owner)
  }

  /// The 64 bytes of the Ed25519 signature for this content; nil under the ideal scheme, which has none.
  public func signatureBytes(for content: Encoder) -> [UInt8]? {
    guard let key, let signature = try? key.signature(for: content.bytes) else { return nil }
    return Array(signature)
  }

  /// Whether these signature bytes verify for this content under this signer's public key; under the ideal
  /// scheme no bytes do.
  public func verifies(_ bytes: [UInt8], over content: Encoder) -> Bool {
    key?.publicKey.isValidSignature(bytes, for: content.bytes) ?? false
  }

  public static func == (one: Self, other: Self) -> Bool {
    one.owner == other.owner && one.isBroken == other.isBroken
  }
  public func hash(into hasher: inout Hasher) { hasher.combine(owner) }
}
