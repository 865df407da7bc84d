internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// Everything about one message: its fields, its journey, and how a faulty sender can alter it.
extension Scene {
  func inspectorLines(_ id: Int) -> [[Span]] {
    var lines: [[Span]] = []
    let journey = model.history.recent.joined().filter { Self.copy($0.kind)?.id == id }
    let envelope = inFlight.first { $0.id == id }
    guard
      let message = envelope?.message ?? journey.compactMap({ Self.copy($0.kind)?.message }).first
    else { return [[Span("It has not been sent at this moment.")]] }
    for field in speaker.fields(message) {
      lines.append([Span(field.name.left(12) + " ", .label), Span(field.value)])
    }
    if let digest = message.digest {
      lines.append([Span("letter".left(12) + " ", .label), Span(speaker.name(of: digest))])
    }
    lines.append([])
    lines.append([Span("Its journey", Style(.label, .bold))])
    for happening in journey {
      lines.append([Span("\(time(happening.time)) s  ", .quiet), Span(speaker.sentence(happening))])
    }
    if let envelope {
      let due = envelope.due.map { "arrives at \(time($0)) s" } ?? "is held until it is released"
      lines.append([
        Span("now".left(8), .quiet),
        Span("on its way from \(envelope.from) to \(envelope.to), \(due)"),
      ])
      lines += alterationLines(envelope)
    }
    return lines
  }

  private static func copy(_ kind: Happening.Kind) -> (id: Int, message: Message)? {
    switch kind {
    case .send(let id, let message, _, _, _), .receive(let id, let message, _, _, _),
      .drop(let id, let message, _, _, _), .duplicate(let id, _, let message, _, _, _),
      .hold(let id, let message, _, _), .release(let id, let message, _, _, _),
      .alter(let id, let message, _, _, _):
      (id, message)
    default: nil
    }
  }

  /// How the copy can be altered on its way out, a line of the language each.
  private func alterationLines(_ envelope: Envelope) -> [[Span]] {
    let commands = model.alterations(of: envelope)
    guard !commands.isEmpty else { return [] }
    let heading =
      world.isFaultySender(envelope.from)
      ? "\(envelope.from) is faulty, and this copy can be altered"
      : "The network can destroy it"
    return [[], [Span("\(heading); : edits one of these", Style(.label, .bold))]]
      + commands.map { [Span(": ", .label), Span($0.text, Style(.key))] }
  }
}
