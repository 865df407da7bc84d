internal import PBFT

/// What makes a command impossible here: found before anything is changed.
extension World {
  func check(_ command: Command) throws(Refusal) {
    switch command {
    case .step, .run: break
    case .runUntil(let condition, _): try resolve(condition)
    case .deliver(let reference), .drop(let reference): _ = try find(reference)
    case .duplicate(let reference): _ = try findOrRecall(reference)
    case .alter(let reference, let alteration): try check(alteration, of: reference)
    case .hold(let reference):
      guard try !find(reference).envelope.isHeld else {
        throw Refusal("the message is held already", help: "`release` lets it go")
      }
    case .release(let reference):
      guard try find(reference).envelope.isHeld else {
        throw Refusal("the message is not held", help: "`hold` would keep it")
      }
    case .request(let client, let operation):
      try check(.client(client))
      try check(operation)
    case .load(let interval):
      guard let interval else { return }
      guard interval >= .milliseconds(1) else {
        throw Refusal(
          "a request every \(interval.microseconds) us is too often", help: "1ms is the least")
      }
    case .crash(let replica):
      try check(.replica(replica))
      guard !isCrashed(replica) else {
        throw Refusal("\(replica) is crashed already", help: "`restart \(replica)` starts it again")
      }
    case .restart(let replica), .restartEmpty(let replica):
      try check(.replica(replica))
      guard isCrashed(replica) else {
        throw Refusal("\(replica) is running", help: "`crash \(replica)` stops it first")
      }
    case .corruptState(let replica): try checkIsUp(replica)
    case .fire(let owner, let name): try check(owner, fires: name)
    case .spreadTimers(let distance): try checkSpread(by: distance)
    case .delay(let pattern, let duration):
      try check(pattern)
      guard duration <= .seconds(3_600) else {
        throw Refusal("a delay of more than an hour", help: "`hold` keeps messages for ever")
      }
    case .holdLink(let pattern), .cut(let pattern): try check(pattern)
    case .lose(let pattern, let percent):
      try check(pattern)
      guard (0...100).contains(percent) else {
        throw Refusal("\(percent)% is no share", help: "0% to 100% is")
      }
    case .heal(let pattern): if let pattern { try check(pattern) }
    case .partition(let groups):
      guard groups.count >= 2 else {
        throw Refusal("a partition needs two groups", help: "write `partition R0 R1 | R2 R3`")
      }
      guard !groups.contains([]) else {
        throw Refusal("nobody is named in one of the groups", help: "name at least one in each")
      }
      var seen: [Principal] = []
      for member in groups.joined() {
        try check(member)
        guard !seen.contains(member) else {
          throw Refusal("\(member) is named twice", help: "name each once, in one group")
        }
        seen.append(member)
      }
    case .rule(let rule, let isOn): try check(rule, isOn: isOn)
    case .silence, .equivocate, .misbehave, .honest, .forge: try checkVillain(command)
    case .twin(let replica, let groups): try checkTwin(replica, groups)
    case .misbehaveClient(let client, let misconduct):
      try check(.client(client))
      switch misconduct {
      case .onlyTo(let replica): try check(.replica(replica))
      case .slow(let duration) where duration > .seconds(3_600):
        throw Refusal("more than an hour late", help: "`mute` sends nothing at all")
      default: break
      }
    case .honestClient(let client):
      try check(.client(client))
      guard misconducts[client.index] != nil else {
        throw Refusal(
          "\(client) does not misbehave", help: "`misbehave \(client) …` makes it")
      }
    }
  }

  func check(_ principal: Principal) throws(Refusal) {
    switch principal {
    case .replica(let replica):
      guard replica.index < replicas.count else {
        throw Refusal(
          "there is no replica \(replica)", help: "there are R0 to R\(replicas.count - 1)")
      }
    case .client(let client):
      guard client.index < clients.count else {
        throw Refusal(
          "there is no client \(client)",
          help: "there are \(clients.map(\.id.description).joined(separator: ", "))")
      }
    }
  }

  private func check(_ owner: Principal, fires name: TimerName) throws(Refusal) {
    try check(owner)
    switch (owner, name) {
    case (.replica(let replica), .viewChange), (.replica(let replica), .resend),
      (.replica(let replica), .idle):
      guard !isCrashed(replica) else {
        throw Refusal(
          "\(replica) is crashed: its timers do not run", help: "`restart \(replica)` first")
      }
    case (.client(let client), .retry):
      guard clients[client.index].outstanding != nil else {
        throw Refusal("\(client) waits for nothing", help: "a request would set its timer")
      }
    default:
      throw Refusal(
        "\(owner) has no \(name.word) timer",
        help: "replicas have view-change, resend and idle, clients have retry")
    }
  }

  private func check(_ pattern: LinkPattern) throws(Refusal) {
    if let from = pattern.from { try check(from) }
    if let to = pattern.to { try check(to) }
    if let from = pattern.from, from == pattern.to {
      throw Refusal("\(from) has no link to itself", help: "name two different ends")
    }
  }

  private func check(_ operation: Operation) throws(Refusal) {
    let texts =
      switch operation {
      case .put(let key, let value), .append(let key, let value): [key, value]
      case .add(let key, _), .get(let key), .delete(let key): [key]
      }
    for text in texts where text.utf8.count > Operation.longestText {
      throw Refusal(
        "a key or value of \(text.utf8.count) bytes",
        help: "\(Operation.longestText) bytes is the most")
    }
  }

  /// A copy on its way, or one of the last that arrived: a network can deliver that once more.
  func findOrRecall(_ reference: MessageReference) throws(Refusal) -> Envelope {
    do throws(Refusal) {
      return try find(reference).envelope
    } catch {
      let recalled = arrived.copies.last { copy in
        switch reference {
        case .number(let number): copy.id == number
        case .described(let kind, let from, let to, let view, let sequence):
          copy.message.kind == kind && copy.from == from && copy.to == to
            && (view == nil || copy.message.view == view)
            && (sequence == nil || copy.message.sequence == sequence)
        }
      }
      guard let recalled else { throw error }
      return recalled
    }
  }

  /// The message copy that a person names: by number, or the oldest that fits the description.
  func find(_ reference: MessageReference) throws(Refusal) -> (place: Int, envelope: Envelope) {
    let all = agenda.all.compactMap { entry -> (place: Int, envelope: Envelope)? in
      if case .delivery(let envelope) = entry.pending { (entry.place, envelope) } else { nil }
    }
    switch reference {
    case .number(let number):
      if let found = all.first(where: { $0.envelope.id == number }) { return found }
      throw Refusal(
        number > lastMessageID || number < 1
          ? "there is no message #\(number)" : "#\(number) is not on its way any more",
        help: all.isEmpty
          ? "nothing is in flight"
          : "in flight are \(all.prefix(6).map { "#\($0.envelope.id)" }.joined(separator: ", "))")
    case .described(let kind, let from, let to, let view, let sequence):
      try check(from)
      try check(to)
      let fitting = all.filter { entry in
        let message = entry.envelope.message
        return message.kind == kind && entry.envelope.from == from && entry.envelope.to == to
          && (view == nil || message.view == view)
          && (sequence == nil || message.sequence == sequence)
      }
      if let oldest = fitting.min(by: { $0.envelope.id < $1.envelope.id }) { return oldest }
      throw Refusal(
        "no such \(kind.rawValue) is on its way from \(from) to \(to)",
        help: "`step` or `run` until it has been sent")
    }
  }
}
