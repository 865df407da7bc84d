internal import PBFT

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
