public import PBFT

/// Sending: past the adversary, over the link, into the agenda.
extension World {
  /// A principal's honest code sends a message; what really leaves is up to the adversary in it.
  mutating func send(
    _ message: Message, from: Principal, to: Principal, _ happenings: inout [Happening]
  ) {
    guard isInWorld(to) else { return }
    if hasTwins, !isHeard(from, by: to) { return }
    if villains != 0, case .replica(let replica) = from, misbehaves(replica) {
      betray(message, of: replica, to: to, author: nil, &happenings)
      return
    }
    if case .client(let client) = from, let misconduct = misconducts[client.index] {
      sendFaultily(message, misconduct, from: client, to: to, &happenings)
      return
    }
    transmit(message, from: from, to: to, &happenings)
  }

  /// What a faulty client sends in place of what its honest code does.
  private mutating func sendFaultily(
    _ message: Message, _ misconduct: ClientMisconduct, from client: ClientID, to: Principal,
    _ happenings: inout [Happening]
  ) {
    guard case .request(let request) = message, case .replica(let replica) = to else { return }
    let leaving = misconduct.outgoing(request, to: replica, from: clients[client.index])
    if leaving.isEmpty {
      lastMessageID += 1
      let id = lastMessageID
      happened(.drop(id: id, message, from: .client(client), to: to, .withheld), &happenings)
    }
    for one in leaving {
      transmit(
        .request(one.request), from: .client(client), to: .replica(one.to), after: one.late,
        &happenings)
    }
  }

  /// A copy of a message goes onto a link.
  mutating func transmit(
    _ message: Message, from: Principal, to: Principal,
    after delay: Duration = Duration(microseconds: 0), _ happenings: inout [Happening]
  ) {
    guard isInWorld(to) else { return }
    if hasTwins {
      for toTwin in copies(of: to, hearing: from) {
        transmitOne(message, from: from, to: to, after: delay, toTwin: toTwin, &happenings)
      }
    } else {
      transmitOne(message, from: from, to: to, after: delay, toTwin: false, &happenings)
    }
  }

  @inline(__always)
  private mutating func transmitOne(
    _ message: Message, from: Principal, to: Principal, after delay: Duration, toTwin: Bool,
    _ happenings: inout [Happening]
  ) {
    lastMessageID += 1
    let id = lastMessageID
    if observation.contains(.happenings) { noteLetter(message) }
    var latency = drawLatency() + delay.microseconds
    var isHeld = false
    if links.areFaulty {
      let link = links[from, to]
      let isLost = link.lossPercent > 0 && chance.loss.below(100) < link.lossPercent
      if link.isCut || isLost {
        happened(.send(id: id, message, from: from, to: to, arrives: nil), &happenings)
        happened(
          .drop(id: id, message, from: from, to: to, link.isCut ? .cut : .lossy), &happenings)
        return
      }
      latency += link.delay.microseconds
      isHeld = link.isHeld
    }
    let due = isHeld ? nil : now + Duration(microseconds: latency)
    agenda.add(
      Envelope(
        id: id, message: message, from: from, to: to, sent: now, due: due, heldByLink: isHeld,
        toTwin: toTwin))
    happened(.send(id: id, message, from: from, to: to, arrives: due), &happenings)
    if isHeld { happened(.hold(id: id, message, from: from, to: to), &happenings) }
  }

  /// Whether somebody of this name takes part: a forged request may name a client that does not.
  private func isInWorld(_ principal: Principal) -> Bool {
    switch principal {
    case .replica(let replica): replica.index < replicas.count
    case .client(let client): client.index < clients.count
    }
  }

  /// The time that a message takes, in microseconds, without what a link adds.
  mutating func drawLatency() -> Int {
    let least = configuration.leastLatency.microseconds
    return least + chance.latency.below(configuration.mostLatency.microseconds - least + 1)
  }

  /// Digests get their letters in order of their first PRE-PREPARE.
  mutating func noteLetter(_ message: Message) {
    guard case .prePrepare(let prePrepare, _) = message,
      prePrepare.digest != Batch.null.digest, letterIndex(of: prePrepare.digest) == nil
    else { return }
    digestLetters.append(prePrepare.digest)
  }

  /// The place of a digest among the letters, from zero.
  public func letterIndex(of digest: Digest) -> Int? {
    var index = digestLetters.count - 1
    while index >= 0 {
      if digestLetters[index] == digest { return index }
      index -= 1
    }
    return nil
  }
}
