internal import PBFT

/// What a branch may be called.
extension Branch {
  /// The most characters of a name.
  public static let longestName = 24

  /// Words that mean something else where a name could stand: `goto end`, `break off`.
  private static let taken = ["start", "end", "of", "off"]

  /// Whether a branch may be called so: letters, digits, `-` and `_`, not only digits.
  public static func isName(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    return (1...longestName).contains(scalars.count)
      && scalars.allSatisfy { isLetter($0) || isDigit($0) || $0 == "-" || $0 == "_" }
      && !scalars.allSatisfy(isDigit) && !taken.contains(text.lowercased())
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }
}

extension History {
  /// The name, or the name with the first number that no branch has yet; cut to what a name may have.
  func freeName(_ name: String) -> String {
    let taken = Set(branches.map { $0.name.lowercased() })
    var free = String(name.prefix(Branch.longestName))
    var number = 2
    while taken.contains(free.lowercased()) {
      let suffix = "-\(number)"
      free = name.prefix(Branch.longestName - suffix.count) + suffix
      number += 1
    }
    return free
  }
}

/// What a branch is called until somebody names it: after what began it.
extension History.Action {
  var word: String {
    switch self {
    case .step: "step"
    case .wait: "wait"
    case .command(let command): command.word
    }
  }
}

extension Command {
  /// `crash-R2`: the first word, and who it is about.
  fileprivate var word: String {
    switch self {
    case .step: "step"
    case .run, .runUntil: "run"
    case .deliver(let message): "deliver\(message.word)"
    case .drop(let message): "drop\(message.word)"
    case .duplicate(let message): "duplicate\(message.word)"
    case .hold(let message): "hold\(message.word)"
    case .release(let message): "release\(message.word)"
    case .alter(let message, _): "alter\(message.word)"
    case .request(let client, _): "request-\(client)"
    case .load(let interval): interval == nil ? "load-off" : "load"
    case .crash(let replica): "crash-\(replica)"
    case .restart(let replica): "restart-\(replica)"
    case .restartEmpty(let replica): "amnesia-\(replica)"
    case .corruptState(let replica): "corrupt-\(replica)"
    case .fire(let owner, _): "fire-\(owner)"
    case .spreadTimers(let distance): distance > .seconds(0) ? "spread" : "tie"
    case .delay(let link, _): "delay\(link.word)"
    case .holdLink(let link): "hold\(link.word)"
    case .cut(let link): "cut\(link.word)"
    case .lose(let link, _): "lose\(link.word)"
    case .heal(let link): "heal\(link?.word ?? "")"
    case .partition: "partition"
    case .rule(let rule, let isOn): "\(rule.name)-\(isOn ? "on" : "off")"
    case .silence(let replica): "silence-\(replica)"
    case .equivocate(let replica, _): "equivocate-\(replica)"
    case .misbehave(let replica, let misconduct): "\(misconduct.kind.word)-\(replica)"
    case .honest(let replica): "honest-\(replica)"
    case .twin(let replica, _): "twin-\(replica)"
    case .misbehaveClient(let client, _): "misbehave-\(client)"
    case .honestClient(let client): "honest-\(client)"
    case .forge(let forgery): "forge-\(forgery.from)"
    }
  }
}

extension MessageReference {
  fileprivate var word: String { if case .number(let number) = self { "-\(number)" } else { "" } }
}

extension LinkPattern {
  fileprivate var word: String {
    from.map { "-\($0)" } ?? to.map { "-\($0)" } ?? ""
  }
}
