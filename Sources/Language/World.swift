internal import PBFT
public import Simulation

extension Configuration {
  /// The world of `base` with some settings changed: `n=7 seed=3`.
  public init(parsing text: String, base: Configuration) throws(LanguageError) {
    var parser = try Parser(text, in: Vocabulary(base))
    guard let first = parser.next else {
      throw parser.unexpected("a setting such as n=7")
    }
    self = try parser.settings(base: base, at: first)
    try parser.end()
  }

  /// All settings as the language writes them behind `world`.
  public var text: String {
    var words = [
      "n=\(settings.cluster.replicaCount)", "K=\(settings.checkpointInterval)",
      "L=\(settings.logSize)", "W=\(settings.window)", "batch=\(settings.batchSize)",
      "T=\(settings.viewChangeTimeout.text)", "client-timeout=\(settings.clientTimeout.text)",
      "seed=\(seed)", "clients=\(clientCount)",
      "latency=\(leastLatency.text)..\(mostLatency.text)", "scheme=\(scheme.rawValue)",
    ]
    // What is as in the paper is not written.
    if settings.primaries != .inTurn { words.append("primaries=random") }
    if let idle = settings.idleInterval { words.append("idle=\(idle.text)") }
    if !settings.rulesOff.isEmpty {
      words.append("without=" + settings.rulesOff.rules.map(\.name).joined(separator: ","))
    }
    return words.joined(separator: " ")
  }
}

/// The names of all settings of a world, in the order in which they are written.
let settingWords = Setting.allCases.map(\.word)

extension Parser {
  /// `n=7 seed=3`; `start` is where a mistake lies that belongs to no setting.
  mutating func settings(
    base: Configuration, at start: Token
  ) throws(LanguageError) -> Configuration {
    var configuration = base
    var seen: [Token] = []
    while let token = next {
      let expected = "a setting: \(settingWords.joined(separator: ", "))"
      guard token.kind == .word, let setting = Setting(named: token.text) else {
        throw token.kind == .word
          ? mistake("unknown setting \(token.shown)", at: token, expected, among: settingWords)
          : unexpected(expected)
      }
      skip()
      if seen.contains(where: { Setting(named: $0.text) == setting }) {
        throw mistake("\(setting.word) is set twice", at: token)
      }
      seen.append(token)
      try need(sign: "=", "= after \(setting.word)")
      try set(setting, in: &configuration)
    }
    // The order of the primaries comes from the seed, wherever in the line that stands.
    if case .permuted = configuration.settings.primaries {
      configuration.settings.primaries = .permuted(seed: configuration.seed)
    }
    if let problem = configuration.problem {
      let word = problem.prefix { $0 != " " }
      let name = word == "client" ? "client-timeout" : String(word)
      let place = seen.first { Setting(named: $0.text)?.word == name } ?? start
      throw LanguageError(line: line, column: place.column, problem: problem)
    }
    return configuration
  }

  private mutating func set(
    _ setting: Setting, in configuration: inout Configuration
  ) throws(LanguageError) {
    switch setting {
    case .replicas: configuration.settings.cluster = try cluster()
    case .checkpoints: configuration.settings.checkpointInterval = try count("K")
    case .log: configuration.settings.logSize = try count("L")
    case .window: configuration.settings.window = try count("W")
    case .batch: configuration.settings.batchSize = try count("batch")
    case .timeout: configuration.settings.viewChangeTimeout = try duration()
    case .clientTimeout: configuration.settings.clientTimeout = try duration()
    case .seed: configuration.seed = try seed()
    case .clients: configuration.clientCount = try count("clients")
    case .latency:
      (configuration.leastLatency, configuration.mostLatency) = try latency()
    case .primaries:
      configuration.settings.primaries = try primaries(seed: configuration.seed)
    case .idle:
      configuration.settings.idleInterval = take("off") ? nil : try duration()
    case .without: configuration.settings.rulesOff = try rulesOff()
    case .scheme: configuration.scheme = try scheme()
    }
  }

  private mutating func primaries(seed: UInt64) throws(LanguageError) -> Primaries {
    if take("in-turn") { return .inTurn }
    if take("random") { return .permuted(seed: seed) }
    throw unexpected("in-turn or random", among: ["in-turn", "random"])
  }

  /// `join,back-off`.
  private mutating func rulesOff() throws(LanguageError) -> RuleSet {
    var rules: RuleSet = []
    repeat {
      let named = next
      let rule = try rule()
      if let named { try checkMayBeOff(rule, at: named) }
      rules.insert(rule)
    } while take(sign: ",")
    return rules
  }

  /// Some rules cannot be taken away, and say why.
  func checkMayBeOff(_ rule: Rule, at token: Token) throws(LanguageError) {
    if let reason = rule.cannotBeOff {
      throw mistake("the rule \(rule.name) cannot be off: \(reason)", at: token)
    }
  }

  private mutating func cluster() throws(LanguageError) -> Cluster {
    let token = try word("4, 7, 10 or 13 replicas")
    // One replica too few is for a world without the rule that forbids it; that may stand behind it.
    if naturalNumber(token.text) == 3 { return .three }
    guard let number = naturalNumber(token.text), let cluster = Cluster(replicaCount: number)
    else {
      throw mistake("n = \(token.text) is not 3f + 1", at: token, "4, 7, 10 or 13")
    }
    return cluster
  }

  private mutating func count(_ name: String) throws(LanguageError) -> Int {
    let token = try word("a number")
    guard let number = naturalNumber(token.text) else {
      throw mistake("\(name) = \(token.text) is no number of them", at: token, "a number such as 5")
    }
    return number
  }

  private mutating func seed() throws(LanguageError) -> UInt64 {
    let expected = "a number from 0 to \(UInt64.max)"
    let token = try word(expected)
    guard let seed = UInt64(token.text) else {
      throw mistake("\(token.shown) is no seed", at: token, expected)
    }
    return seed
  }

  private mutating func scheme() throws(LanguageError) -> Scheme {
    let names = Scheme.allCases.map(\.rawValue)
    let expected = names.joined(separator: " or ")
    let token = try word(expected, among: names)
    guard let scheme = Scheme(rawValue: token.text.lowercased()) else {
      throw mistake("\(token.shown) is no scheme", at: token, expected, among: names)
    }
    return scheme
  }

  /// `50ms..100ms`, or `50ms` for both.
  private mutating func latency() throws(LanguageError) -> (Duration, Duration) {
    let expected = "times such as 50ms..100ms"
    let token = try word(expected)
    guard let (least, most) = Self.range(token.text), let least = Times.microseconds(least),
      let most = Times.microseconds(most)
    else { throw mistake("\(token.shown) is no range of times", at: token, expected) }
    return (Duration(microseconds: least), Duration(microseconds: most))
  }

  /// The texts before and behind `..`; the same text twice where there is none.
  private static func range(_ text: String) -> (String, String)? {
    var parts: [String] = []
    var part = ""
    var dots = 0
    for character in text {
      if character == "." {
        dots += 1
        if dots == 2 {
          part.removeLast()
          parts.append(part)
          part = ""
          dots = 0
          continue
        }
      } else {
        dots = 0
      }
      part.append(character)
    }
    parts.append(part)
    guard let first = parts.first, let last = parts.last, parts.count <= 2 else { return nil }
    return (first, last)
  }
}
