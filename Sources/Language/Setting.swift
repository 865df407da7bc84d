internal import PBFT
public import Simulation

/// A setting of a world, in the order in which they are written.
public enum Setting: String, Hashable, Sendable, CaseIterable {
  case replicas = "n"
  case checkpoints = "K"
  case log = "L"
  case window = "W"
  case batch
  case timeout = "T"
  case clientTimeout = "client-timeout"
  case seed, clients, latency, scheme, primaries, idle, without

  /// The name as it is written.
  public var word: String { rawValue }

  /// The setting with this name; `k` is K as well.
  init?(named word: String) {
    let found = Self.allCases.first { $0.word.lowercased() == word.lowercased() }
    guard let found else { return nil }
    self = found
  }

  /// What it is, in a short sentence.
  public var explanation: String {
    switch self {
    case .replicas: "the number of replicas: 4, 7, 10 or 13"
    case .checkpoints: "a checkpoint after so many sequence numbers"
    case .log: "the size of the log: H = h + L"
    case .window: "numbers are assigned up to last executed + W"
    case .batch: "the most requests in one PRE-PREPARE"
    case .timeout: "how long a backup waits before a view change"
    case .clientTimeout: "how long a client waits before it asks all"
    case .seed: "the seed of all chance"
    case .clients: "the number of clients"
    case .latency: "the time that a message takes: 50ms..100ms"
    case .scheme: "how messages are signed: ed25519 or ideal"
    case .primaries: "who leads: in-turn, or random for a shuffled order"
    case .idle: "null requests of a primary that is idle for so long: 3s, or off"
    case .without: "rules that are switched off: join,back-off"
    }
  }

  /// Values that make sense, each with what it means; others do too.
  public var values: [Completion] {
    switch self {
    case .replicas: Cluster.sizes.map { Completion("\($0)", Self.explanation(ofCluster: $0)) }
    case .checkpoints:
      [("1", "after every number"), ("2", "soon seen"), ("5", "the ordinary"), ("10", "seldom")]
        .map(Completion.init)
    case .log:
      [
        ("2", "full at once"), ("4", "soon full"), ("10", "the ordinary"), ("20", "roomy"),
        ("40", ""),
      ]
      .map { Completion($0.0, $0.1.isEmpty ? "more than most lessons need" : $0.1) }
    case .window:
      [
        ("1", "one number at a time"), ("2", "two under way"), ("5", "five under way"),
        ("10", "ten"),
      ]
      .map(Completion.init)
    case .batch:
      [("1", "a number for each request"), ("4", "up to four"), ("16", "up to sixteen")]
        .map(Completion.init)
    case .timeout:
      [
        ("500ms", "impatient: view changes come soon"), ("2s", "the ordinary"),
        ("5s", "patient: a slow primary is borne"),
      ].map(Completion.init)
    case .clientTimeout:
      [("500ms", "impatient"), ("1s", "the ordinary"), ("3s", "patient")].map(Completion.init)
    case .seed:
      ["1", "2", "3", "7", "42"].map { Completion($0, "the same seed gives the same world") }
    case .clients:
      [("1", "alice"), ("2", "alice and bob"), ("3", "alice, bob and carol"), ("6", "six of them")]
        .map(Completion.init)
    case .latency:
      [
        ("10ms..20ms", "a fast network"), ("50ms", "what is sent first arrives first"),
        ("50ms..100ms", "the ordinary"), ("10ms..500ms", "much arrives out of order"),
      ].map(Completion.init)
    case .scheme:
      [("ed25519", "real signatures"), ("ideal", "every verdict is known: faster")]
        .map(Completion.init)
    case .primaries:
      [("in-turn", "v mod n leads, as in the paper"), ("random", "in an order from the seed")]
        .map(Completion.init)
    case .idle:
      [("off", "an idle primary proposes nothing"), ("3s", "the null request every 3 s")]
        .map(Completion.init)
    case .without:
      Rule.allCases.filter { $0.cannotBeOff == nil }.map { Completion($0.name, $0.entry.title) }
    }
  }

  private static func explanation(ofCluster size: Int) -> String {
    guard let cluster = Cluster(replicaCount: size) else { return "" }
    return "f = \(cluster.faultsTolerated), a quorum is \(cluster.quorum)"
  }

  /// Its value in a world, as it is written.
  public func text(in configuration: Configuration) -> String {
    let start = word + "="
    let written = configuration.text.split(separator: " ").first { $0.hasPrefix(start) }
    if let written { return String(written.dropFirst(start.count)) }
    // What is as in the paper is not written.
    return switch self {
    case .primaries: "in-turn"
    case .idle: "off"
    default: "none"
    }
  }

  /// A world in which it has another value, written so.
  public func set(
    to text: String, in configuration: Configuration
  ) throws(LanguageError) -> Configuration {
    try Configuration(parsing: "\(word)=\(text)", base: configuration)
  }
}
