internal import PBFT
public import Simulation

extension Speaker {
  /// One thing that happened, as a line with stable columns: step, seconds, kind, who, and the rest.
  public func plain(_ happening: Happening) -> String {
    let kind = plainKind(happening.kind)
    let (who, rest) = plainFields(happening.kind)
    let time = Self.decimal(happening.time.microseconds, atLeast: 3)
    let decimals = time.split(separator: ".").last?.count ?? 3
    let line = [
      Self.right("\(happening.step)", 5),
      Self.right(time, decimals + 5) + String(repeating: " ", count: max(0, 6 - decimals)),
      Self.left(kind, 9), Self.left(who, 11),
    ]
    let text = (line + rest).joined(separator: "  ")
    return String(text.reversed().drop { $0 == " " }.reversed())
  }

  static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// The word of the trace for this kind of happening.
  private func plainKind(_ kind: Happening.Kind) -> String {
    switch kind {
    case .command: "command"
    case .request: "request"
    case .send: "send"
    case .receive: "receive"
    case .judgedLater: "judge"
    case .drop: "drop"
    case .duplicate: "duplicate"
    case .hold: "hold"
    case .release: "release"
    case .alter: "alter"
    case .ofTwin(let kind): plainKind(kind)
    case .rule: "rule"
    case .phase: "phase"
    case .execute: "execute"
    case .executedBatch: "executed"
    case .accept: "accept"
    case .stable: "stable"
    case .transfer: "transfer"
    case .view: "view"
    case .timerSet, .timerFired, .timerStopped: "timer"
    case .crash: "crash"
    case .restart: "restart"
    case .write: "write"
    case .fault: "fault"
    case .violation: "violation"
    }
  }

  /// Who it happened to, and the other fields.
  private func plainFields(_ kind: Happening.Kind) -> (who: String, rest: [String]) {
    switch kind {
    case .command(let command), .fault(let command): ("-", [command.text])
    case .request(let request): ("\(request.client)", ["\(request)", request.operation.text])
    case .send(let id, let message, let from, let to, let arrives):
      ("\(from) -> \(to)", [copy(id, message, from), arrives.map(Self.due) ?? "held"])
    case .receive(let id, let message, let from, let to, let finding):
      ("\(to) <- \(from)", [copy(id, message, from)] + plain(finding))
    case .judgedLater(let replica, let message, let finding):
      ("\(replica)", ["\(short(message)) of \(message.author)"] + plain(finding))
    case .drop(let id, let message, let from, let to, let loss):
      ("\(from) -> \(to)", [copy(id, message, from), loss.rawValue])
    case .duplicate(let id, let original, let message, let from, let to, let arrives):
      ("\(from) -> \(to)", [copy(id, message, from), "of #\(original)", Self.due(arrives)])
    case .hold(let id, let message, let from, let to):
      ("\(from) -> \(to)", [copy(id, message, from)])
    case .release(let id, let message, let from, let to, let arrives):
      ("\(from) -> \(to)", [copy(id, message, from), Self.due(arrives)])
    case .alter(let id, let message, let from, let to, let alteration):
      ("\(from) -> \(to)", [copy(id, message, from), alteration.text])
    case .ofTwin(let kind): ofTwin(plainFields(kind))
    case .rule(let principal, let finding): ("\(principal)", plain(finding))
    case .phase(let replica, let phase, let view, let n, let digest, let finding):
      ("\(replica)", ["\(phase.word) \(view) \(n) \(name(of: digest))"] + plain(finding))
    default: plainOutcome(kind)
    }
  }

  private func ofTwin(_ fields: (who: String, rest: [String])) -> (who: String, rest: [String]) {
    (fields.who, fields.rest + ["second copy"])
  }

  private func plainOutcome(_ kind: Happening.Kind) -> (who: String, rest: [String]) {
    switch kind {
    case .execute(let replica, let n, let index, let request, let result, let skipped):
      (
        "\(replica)",
        [
          "\(n) \(index)", "\(request) \(request.operation.text)",
          skipped ? "skipped" : "= \(written(result))",
        ]
      )
    case .executedBatch(let replica, let n, let digest):
      ("\(replica)", ["\(n) \(name(of: digest))"])
    case .accept(let client, let timestamp, let result, let replicas):
      (
        "\(client)",
        [
          "\(client)/\(timestamp.number)", "= \(written(result))",
          "from " + replicas.map(\.description).joined(separator: " "),
        ]
      )
    case .stable(let replica, let n, let digest, let low, let high):
      ("\(replica)", ["\(n) \(name(of: digest))", "h \(low.number)", "H \(high.number)"])
    case .transfer(let replica, let n, let digest): ("\(replica)", ["\(n) \(name(of: digest))"])
    case .view(let replica, let view, let active, let selection):
      ("\(replica)", ["\(view) \(active ? "active" : "changing")"] + plain(selection))
    case .timerSet(let principal, let timer, let due):
      ("\(principal)", ["\(timer.word) set", Self.due(due)])
    case .timerFired(let principal, let timer): ("\(principal)", ["\(timer.word) fired"])
    case .timerStopped(let principal, let timer): ("\(principal)", ["\(timer.word) stopped"])
    case .crash(let replica), .restart(let replica): ("\(replica)", [])
    case .write(let replica, let record): ("\(replica)", [short(record, of: replica)])
    case .violation(let violation):
      (
        "-",
        ["\(violation.invariant.name) \(violation.view) \(violation.sequence)"]
          + violation.witnesses.map { "\($0.replica) \($0.digest.map(name(of:)) ?? "-")" }
          + (violation.request.map { [$0.description] } ?? [])
      )
    default: ("-", [])
    }
  }

  /// `#31 PREPARE v0 n1 a`, with the author where another one sends it.
  private func copy(_ id: Int, _ message: Message, _ from: Principal) -> String {
    "#\(id) \(short(message))" + (message.author == from ? "" : " of \(message.author)")
  }

  private static func due(_ instant: Instant) -> String {
    "at " + decimal(instant.microseconds, atLeast: 3)
  }

  private func plain(_ selection: Selection?) -> [String] {
    guard let selection else { return [] }
    return ["min-s \(selection.minS.number)", "max-s \(selection.maxS.number)"]
      + selection.rows.map { "\($0.sequence) \(name(of: $0.digest))" }
  }

  /// `accepted`, and `prepare-counts 2 of 2`; where there is no tally, the values by name.
  private func plain(_ finding: Finding) -> [String] {
    [finding.verdict.word, ([finding.rule.name] + plain(finding.values)).joined(separator: " ")]
  }

  private func plain(_ values: Values) -> [String] {
    let hasTally = values[.have] != nil && values[.need] != nil
    var words: [String] = []
    if hasTally, let have = values[.have], let need = values[.need] {
      words.append("\(have) of \(need)")
    }
    for (name, number) in values.all where !(hasTally && [.have, .need, .n].contains(name)) {
      words.append(plain(name, number))
    }
    return words
  }

  private func plain(_ name: Quantity, _ number: Int) -> String {
    switch name {
    case .none: ""
    case .n: "n=\(number)"
    case .low: "h=\(number)"
    case .high: "H=\(number)"
    case .view: "view=\(number)"
    case .ownView: "own-view=\(number)"
    case .have: "have=\(number)"
    case .need: "need=\(number)"
    case .replica: "replica=" + (Facts.replica(number) ?? "\(number)")
    case .client: "client=" + (Facts.client(number) ?? "\(number)")
    case .timestamp: "t=\(number)"
    case .lastTimestamp: "last-t=\(number)"
    case .held: "held=\(digestOrNumber(number))"
    case .offered: "offered=\(digestOrNumber(number))"
    case .duration: "duration=\(Times.text(microseconds: number))"
    case .minS: "min-s=\(number)"
    case .maxS: "max-s=\(number)"
    case .interval: "K=\(number)"
    case .window: "W=\(number)"
    case .executed: "executed=\(number)"
    }
  }

  /// The first bytes of a digest make a large number; a small one is a timestamp.
  private func digestOrNumber(_ number: Int) -> String {
    (0...greatestNumber).contains(number) ? "\(number)" : name(ofDigestNumbered: number)
  }
}
