internal import PBFT

/// Altering one copy of a message by hand.
extension World {
  /// What makes an alteration impossible here, or nothing.
  func check(_ alteration: Alteration, of reference: MessageReference) throws(Refusal) {
    let envelope = try find(reference).envelope
    // Bytes are destroyed on the way, whoever has sent them.
    if alteration == .corrupt { return }
    try checkLeavesFaulty(envelope)
    if case .repeated(let duration) = alteration {
      guard duration <= .seconds(3_600) else {
        throw Refusal("a repetition more than an hour later", help: "1h is the most")
      }
    }
    if case .sender(let other) = alteration { try check(.replica(other)) }
    if alteration == .stale, earlier(than: envelope) == nil {
      throw Refusal(
        "\(envelope.from) has sent \(envelope.to) no other \(envelope.message.kind.rawValue) "
          + "before #\(envelope.id)",
        help: "only the last \(CopyMemory.size) copies that arrived are remembered")
    }
    if let field = alteration.field, !envelope.message.kind.fields.contains(field) {
      throw Self.misses(field, envelope.message.kind)
    }
    if case .digest(let name) = alteration { _ = try resolve(name) }
  }

  private func checkLeavesFaulty(_ envelope: Envelope) throws(Refusal) {
    switch envelope.from {
    case .replica(let replica) where !isFaulty(replica):
      throw Refusal(
        "\(replica) is correct: its messages leave as it signs them",
        help: "`silence \(replica)`, `equivocate \(replica)` or `forge` makes it faulty; "
          + "`corrupt` is open to the network")
    case .client(let client) where !isFaulty(client):
      throw Refusal(
        "\(client) is correct: its requests leave as it signs them",
        help: "`misbehave \(client) mute` makes it faulty; `corrupt` is open to the network")
    default: break
    }
  }

  /// `a CHECKPOINT has no view; n, digest and sender can be altered`.
  private static func misses(_ field: Message.Field, _ kind: Message.Kind) -> Refusal {
    let names = kind.fields.map(\.rawValue)
    let possible = names.count > 1 ? names.dropLast().joined(separator: ", ") + " and " : ""
    return Refusal(
      "a \(kind.rawValue) has no \(field.rawValue) that could be altered",
      help: names.last.map { "\(possible)\($0) can be altered" }
        ?? "drop, repeat, stale and corrupt are possible")
  }

  /// Carries out an alteration that has been checked.
  mutating func alter(
    _ reference: MessageReference, _ alteration: Alteration, _ happenings: inout [Happening]
  ) {
    guard let (place, envelope) = try? find(reference) else { return }
    switch alteration {
    case .withheld:
      agenda.removeMessage(at: place)
      happened(
        .drop(
          id: envelope.id, envelope.message, from: envelope.from, to: envelope.to, .withheld),
        &happenings)
    case .repeated(let duration):
      copy(envelope, due: (envelope.due ?? now) + duration, &happenings)
    case .stale:
      guard let message = earlier(than: envelope) else { return }
      replace(place, envelope, message, alteration, &happenings)
    case .corrupt: replace(place, envelope, envelope.message.corrupted, alteration, &happenings)
    case .view, .sequence, .digest, .sender, .result:
      guard let change = change(alteration), case .replica(let sender) = envelope.from else {
        return
      }
      let altered = envelope.message.altered(change, by: replicas[sender.index].signer)
      replace(place, envelope, altered, alteration, &happenings)
    }
  }

  /// The change that the words stand for.
  private func change(_ alteration: Alteration) -> Message.Change? {
    switch alteration {
    case .view(let view): .view(view)
    case .sequence(let n): .sequence(n)
    case .digest(let name): (try? resolve(name)).map { .digest($0.digest, $0.batch) }
    case .sender(let replica): .sender(replica)
    case .result(let result): .result(result)
    case .withheld, .repeated, .stale, .corrupt: nil
    }
  }

  /// Another message arrives in the place of this one, at the same time and under the same number.
  private mutating func replace(
    _ place: Int, _ envelope: Envelope, _ message: Message, _ alteration: Alteration,
    _ happenings: inout [Happening]
  ) {
    agenda.replaceMessage(at: place, with: envelope.copy(message: message))
    if observation.contains(.happenings) { noteLetter(message) }
    happened(
      .alter(id: envelope.id, message, from: envelope.from, to: envelope.to, alteration),
      &happenings)
  }

  /// The latest earlier message of the same kind on the same link that says something else.
  private func earlier(than envelope: Envelope) -> Message? {
    var latest: Envelope?
    for other in arrived.copies + inFlight
    where other.id < envelope.id && other.id > latest?.id ?? 0 && other.from == envelope.from
      && other.to == envelope.to && other.message.kind == envelope.message.kind
      && other.message != envelope.message
    {
      latest = other
    }
    return latest?.message
  }
}
