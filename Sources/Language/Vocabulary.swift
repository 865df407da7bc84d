public import PBFT
public import Simulation

/// The names that mean something in one world: its replicas and clients.
public struct Vocabulary: Hashable, Sendable {
  public let replicaCount: Int
  public let clientCount: Int

  public init(replicaCount: Int = 4, clientCount: Int = 2) {
    self.replicaCount = max(0, min(replicaCount, 256))
    self.clientCount = max(0, min(clientCount, 256))
  }

  public init(_ configuration: Configuration) {
    self.init(
      replicaCount: configuration.settings.cluster.replicaCount,
      clientCount: configuration.clientCount)
  }

  public var replicas: [ReplicaID] { (0..<replicaCount).map { ReplicaID($0) } }
  public var clients: [ClientID] { (0..<clientCount).map { ClientID($0) } }

  /// The replica that this word names: `R2` or `r2`.
  func replica(named word: String) -> ReplicaID? {
    Self.number(in: word, after: "r").flatMap { $0 < replicaCount ? ReplicaID($0) : nil }
  }

  /// The replica of a larger cluster that this word names, of whom nobody here knows.
  func stranger(named word: String) -> ReplicaID? {
    Self.number(in: word, after: "r").flatMap {
      (replicaCount..<max(replicaCount, Forgery.nameCount)).contains($0) ? ReplicaID($0) : nil
    }
  }

  /// The client that this word names: `alice`, `c9`.
  func client(named word: String) -> ClientID? {
    let word = word.lowercased()
    return clients.first { $0.description == word }
  }

  func principal(named word: String) -> Principal? {
    if let replica = replica(named: word) { return .replica(replica) }
    return client(named: word).map { .client($0) }
  }

  /// Whether the word has the form of a replica's name, in this world or another.
  func looksLikeReplica(_ word: String) -> Bool { Self.number(in: word, after: "r") != nil }

  /// Whether the word has the form of a client's name, in this world or another.
  func looksLikeClient(_ word: String) -> Bool {
    ClientID.names.contains(word.lowercased()) || Self.number(in: word, after: "c") != nil
  }

  /// `R0, R1, R2, R3`.
  var replicaList: String { Self.list(replicas.map(\.description)) }
  var clientList: String { Self.list(clients.map(\.description)) }

  /// The words in a row; the middle of a long row is left out.
  private static func list(_ words: [String]) -> String {
    guard words.count > 13, let last = words.last else { return words.joined(separator: ", ") }
    return words.prefix(3).joined(separator: ", ") + ", …, " + last
  }

  private static func number(in word: String, after letter: Character) -> Int? {
    guard let first = word.first, first.lowercased() == String(letter) else { return nil }
    return naturalNumber(word.dropFirst())
  }
}

/// The largest view, sequence number, timestamp or message number that the language takes.
let greatestNumber = 1_000_000_000

/// The number written with these digits, or nil if it is none or too large.
func naturalNumber(_ text: some StringProtocol) -> Int? {
  let digits = text.unicodeScalars
  guard !digits.isEmpty, digits.allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
  guard let number = Int(text), number <= greatestNumber else { return nil }
  return number
}
