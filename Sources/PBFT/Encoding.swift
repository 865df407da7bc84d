internal import Crypto

/// The canonical bytes of protocol values: what is digested and signed.
///
/// Every value starts with a tag of its own, so that no two kinds of message ever have the same bytes;
/// integers are eight bytes, most significant first; strings and lists start with their length.
public struct Encoder {
  public private(set) var bytes: [UInt8] = []

  public init(tag: String) {
    bytes.reserveCapacity(128)
    append(tag)
  }

  public mutating func append(_ number: Int) {
    withUnsafeBytes(of: Int64(number).bigEndian) { bytes.append(contentsOf: $0) }
  }

  public mutating func append(_ text: String) {
    append(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  public mutating func append(_ digest: Digest) {
    append(Int(Int64(bitPattern: digest.first)))
    append(Int(Int64(bitPattern: digest.second)))
    append(Int(Int64(bitPattern: digest.third)))
    append(Int(Int64(bitPattern: digest.fourth)))
  }

  public mutating func append(_ principal: Principal?) {
    switch principal {
    case nil: append(-1)
    case .replica(let replica): append(replica.index)
    case .client(let client): append(0x100 + client.index)
    }
  }
}

/// A SHA-256 digest *d* over canonical bytes.
public struct Digest: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The first eight bytes as a number; enough to tell digests apart on a screen.
  public let first: UInt64
  let second: UInt64
  let third: UInt64
  let fourth: UInt64

  /// The digest of these bytes.
  public init(of bytes: [UInt8]) {
    let hash = SHA256.hash(data: bytes)
    self = hash.withUnsafeBytes { buffer in
      func word(_ offset: Int) -> UInt64 {
        UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      }
      return Digest(first: word(0), second: word(8), third: word(16), fourth: word(24))
    }
  }

  public init(of encoder: Encoder) { self.init(of: encoder.bytes) }

  private init(first: UInt64, second: UInt64, third: UInt64, fourth: UInt64) {
    self.first = first
    self.second = second
    self.third = third
    self.fourth = fourth
  }

  /// The 32 bytes, first byte first.
  public var bytes: [UInt8] {
    [first, second, third, fourth].flatMap { word in
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
    }
  }

  /// 64 lower-case hexadecimal digits.
  public var description: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  public static func < (one: Self, other: Self) -> Bool {
    (one.first, one.second, one.third, one.fourth)
      < (other.first, other.second, other.third, other.fourth)
  }
}
