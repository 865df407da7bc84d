internal import PBFT
public import Simulation

extension Command {
  /// The line of the language that says this; parsed again, it gives the same command.
  public var text: String {
    switch self {
    case .step: "step"
    case .run(let time): "run \(time.text)"
    case .runUntil(let condition, nil): "run until \(condition.text)"
    case .runUntil(let condition, let time?): "run until \(condition.text) within \(time.text)"
    case .deliver(let message): "deliver \(message.text)"
    case .drop(let message): "drop \(message.text)"
    case .duplicate(let message): "duplicate \(message.text)"
    case .hold(let message): "hold \(message.text)"
    case .release(let message): "release \(message.text)"
    case .alter(let message, let alteration): "alter \(message.text) \(alteration.text)"
    case .request(let client, let operation): "request \(client) \(operation.text)"
    case .load(let pause): "load \(pause?.text ?? "off")"
    case .crash(let replica): "crash \(replica)"
    case .restart(let replica): "restart \(replica)"
    case .restartEmpty(let replica): "restart \(replica) amnesia"
    case .corruptState(let replica): "corrupt \(replica)"
    case .fire(let principal, let timer): "fire \(principal) \(timer.word)"
    case .spreadTimers(let time):
      time > .seconds(0) ? "timers spread \(time.text)" : "timers tie"
    case .delay(let link, let time): "delay \(link.text) \(time.text)"
    case .holdLink(let link): "hold \(link.text)"
    case .cut(let link): "cut \(link.text)"
    case .lose(let link, let percent): "lose \(link.text) \(percent)%"
    case .heal(nil): "heal"
    case .heal(let link?): "heal \(link.text)"
    case .partition(let groups): "partition " + groups.map(Self.group).joined(separator: " | ")
    case .rule(let rule, let isOn): "rule \(rule.name) \(isOn ? "on" : "off")"
    case .twin(let replica, []): "twin \(replica)"
    case .twin(let replica, let groups):
      "twin \(replica) " + groups.map(Self.group).joined(separator: " | ")
    case .silence(let replica): "silence \(replica)"
    case .equivocate(let replica, let how): "equivocate \(replica)\(how.text)"
    case .misbehave(let replica, let misconduct): "misbehave \(replica) \(misconduct.text)"
    case .honest(let replica): "honest \(replica)"
    case .misbehaveClient(let client, let how): "misbehave \(client) \(how.text)"
    case .honestClient(let client): "honest \(client)"
    case .forge(let forgery): "forge \(forgery.text)"
    }
  }

  private static func group(_ members: [Principal]) -> String {
    members.map(\.description).joined(separator: " ")
  }
}

extension Equivocation {
  /// What follows the replica, with the blank before it.
  fileprivate var text: String {
    let parts = shares.map { share in
      " \(share.request)>" + share.replicas.map(\.description).joined(separator: ",")
    }
    return parts.joined() + (votes ? " votes" : "")
  }
}

extension Forgery {
  /// As the language writes it: `R0>R1 as R2 COMMIT v0 n1 a`.
  public var text: String {
    "\(from)>\(to) " + (claim.map { "as \($0) " } ?? "") + content.text
  }
}

extension Forgery.Content {
  /// As the language writes it: `COMMIT v0 n1 a`.
  public var text: String {
    switch self {
    case .request(let name): "REQUEST \(name)"
    case .prePrepare(let view, let n, let digest): "PRE-PREPARE \(view) \(n) \(digest.text)"
    case .prepare(let view, let n, let digest): "PREPARE \(view) \(n) \(digest.text)"
    case .commit(let view, let n, let digest): "COMMIT \(view) \(n) \(digest.text)"
    case .checkpoint(let n, let digest): "CHECKPOINT \(n) \(digest.text)"
    case .reply(let view, let name, let result): "REPLY \(view) \(name) \(written(result))"
    case .viewChange(let view, let proofs):
      "VIEW-CHANGE \(view)"
        + proofs.map { " prepared \($0.sequence) \($0.view) \($0.digest.text)" }.joined()
    case .newView(let view, let members, let emptyO):
      "NEW-VIEW \(view)" + (members.isEmpty ? "" : " from")
        + members.map { " \($0)" }.joined() + (emptyO ? " empty" : "")
    case .status(let view): "STATUS \(view)"
    case .fetch(let n, let digest): "FETCH \(n) \(digest.text)"
    case .data(let n, let digest): "DATA \(n) \(digest.text)"
    case .dataState(let n): "DATA state \(n)"
    }
  }
}
