internal import PBFT

/// Commands on one message on its way.
extension World {
  /// Carries out a command that has been checked.
  mutating func performOnMessage(_ command: Command, _ happenings: inout [Happening]) {
    switch command {
    case .deliver(let reference):
      guard let (place, envelope) = try? find(reference) else { return }
      agenda.removeMessage(at: place)
      deliver(envelope, &happenings)
    case .drop(let reference):
      guard let (place, envelope) = try? find(reference) else { return }
      agenda.removeMessage(at: place)
      happened(
        .drop(
          id: envelope.id, envelope.message, from: envelope.from, to: envelope.to, .dropped),
        &happenings)
    case .duplicate(let reference):
      guard let envelope = try? findOrRecall(reference) else { return }
      copy(envelope, due: now + Duration(microseconds: drawLatency()), &happenings)
    case .hold(let reference):
      guard let (place, envelope) = try? find(reference) else { return }
      agenda.removeMessage(at: place)
      agenda.add(envelope.copy(due: nil))
      happened(
        .hold(id: envelope.id, envelope.message, from: envelope.from, to: envelope.to),
        &happenings)
    case .release(let reference):
      guard let (place, envelope) = try? find(reference) else { return }
      release(at: place, envelope, &happenings)
    default: break
    }
  }

  /// A second copy of a message, under a number of its own.
  mutating func copy(_ envelope: Envelope, due: Instant, _ happenings: inout [Happening]) {
    lastMessageID += 1
    let id = lastMessageID
    var copy = envelope.copy(id: id, sent: now, due: due)
    // The second copy that it had gone to may have stopped since.
    if case .replica(let replica) = copy.to, twins[replica.index] == nil { copy.toTwin = false }
    agenda.add(copy)
    happened(
      .duplicate(
        id: id, of: envelope.id, envelope.message, from: envelope.from, to: envelope.to,
        arrives: due), &happenings)
  }

  /// A held message goes on, with a new latency.
  mutating func release(
    at place: Int, _ envelope: Envelope, _ happenings: inout [Happening]
  ) {
    agenda.removeMessage(at: place)
    let due = now + Duration(microseconds: drawLatency())
    agenda.add(envelope.copy(due: due))
    happened(
      .release(
        id: envelope.id, envelope.message, from: envelope.from, to: envelope.to, arrives: due),
      &happenings)
  }

  // MARK: Links

  /// Carries out a command that has been checked.
  mutating func performOnLinks(_ command: Command, _ happenings: inout [Happening]) {
    switch command {
    case .delay(let pattern, let duration): _ = links.change(pattern) { $0.delay = duration }
    case .holdLink(let pattern): _ = links.change(pattern) { $0.isHeld = true }
    case .cut(let pattern): _ = links.change(pattern) { $0.isCut = true }
    case .lose(let pattern, let percent): _ = links.change(pattern) { $0.lossPercent = percent }
    case .heal(let pattern): heal(pattern ?? LinkPattern(from: nil, to: nil), command, &happenings)
    case .partition(let groups): partition(groups)
    default: break
    }
    if case .heal = command { return }
    happened(.fault(command), &happenings)
  }

  /// Restores links and lets go what they held, in the order in which it was sent.
  private mutating func heal(
    _ pattern: LinkPattern, _ command: Command, _ happenings: inout [Happening]
  ) {
    _ = links.change(pattern) { $0 = LinkState() }
    happened(.fault(command), &happenings)
    for (place, pending) in agenda.all {
      if case .delivery(let envelope) = pending, envelope.heldByLink, envelope.isHeld,
        pattern.matches(envelope.from, envelope.to)
      {
        release(at: place, envelope, &happenings)
      }
    }
  }

  /// Cuts every link between two groups; who is not named belongs to the first.
  private mutating func partition(_ groups: [[Principal]]) {
    func group(of principal: Principal) -> Int {
      groups.firstIndex { $0.contains(principal) } ?? 0
    }
    for from in links.ends {
      for to in links.ends where from != to && group(of: from) != group(of: to) {
        _ = links.change(LinkPattern(from: from, to: to)) { $0.isCut = true }
      }
    }
  }
}

extension Envelope {
  func copy(message: Message) -> Envelope {
    Envelope(
      id: id, message: message, from: from, to: to, sent: sent, due: due, heldByLink: heldByLink,
      toTwin: toTwin)
  }

  fileprivate func copy(due: Instant?) -> Envelope {
    Envelope(
      id: id, message: message, from: from, to: to, sent: sent, due: due, heldByLink: false,
      toTwin: toTwin)
  }

  fileprivate func copy(id: Int, sent: Instant, due: Instant) -> Envelope {
    Envelope(
      id: id, message: message, from: from, to: to, sent: sent, due: due, heldByLink: false,
      toTwin: toTwin)
  }
}
