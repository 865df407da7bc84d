internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// What a message says, and who has signed it.
extension Scene {
  /// Every field by the paper's name, with its value and what it means.
  func fieldPart(_ copy: SentCopy) -> ToldPart {
    var part = ToldPart("fields")
    let fields = speaker.fields(copy.message).filter { $0.name != "signed by" }
    let width = min((fields.map(\.name.columns).max() ?? 0) + 2, 18)
    for field in fields {
      let meaning = speaker.meaning(of: field, in: copy.message, under: settings)
      part.add(
        [Span(field.value, Style(.plain, .bold))]
          + (meaning.map { [Span("  \($0)", .quiet)] } ?? []),
        after: [Span(field.name.left(width), .label)])
    }
    return part
  }

  /// Whom it says it comes from, whose key has really signed it, and what follows.
  func signaturePart(_ copy: SentCopy, _ sending: Sending) -> ToldPart {
    var part = ToldPart("signature")
    let message = copy.message
    let author = message.author
    if message.isAuthentic {
      part.add(
        [
          Span("It names \(author), and \(author)'s key has signed it. "), Span(scheme, .quiet),
        ], after: [Span("\(text(glyphs.done)) ", .done)])
    } else {
      let isOff = settings.rulesOff.contains(.authentic)
      let refused =
        isOff ? ", but the rule authentic is off" : ", and the rule authentic refuses it"
      let signer =
        message.signedBy.map { "it is \($0)'s key that has signed it" }
        ?? "no key verifies it: its bytes were destroyed"
      part.add(
        [
          Span("It claims to come from \(author), but \(signer): ", .fault),
          Span("the signature is not \(author)'s\(refused). "), Span(scheme, .quiet),
        ], after: [Span("\(text(glyphs.refused)) ", .fault)])
    }
    if author != sending.from, message.isAuthentic {
      part.add("\(sending.from) passes it on; whoever does, the signature is \(author)'s.")
    }
    if let inside = inside(message) { part.add(inside.text, after: [inside.mark]) }
    return part
  }

  private var scheme: String {
    switch world.configuration.scheme {
    case .ed25519: "(Ed25519, over all fields in their canonical bytes)"
    case .ideal: "(ideal scheme: a mark that only the owner of the key can make)"
    }
  }

  /// The signatures of what it carries.
  private func inside(_ message: Message) -> (mark: Span, text: [Span])? {
    let carried: [(name: String, isAuthentic: Bool)]
    switch message {
    case .prePrepare(_, let batch?):
      carried = batch.requests.map { ("REQUEST \($0)", $0.isAuthentic) }
    case .viewChange(let change): carried = Self.carried(change)
    case .newView(let newView):
      carried =
        newView.viewChanges.map { ("VIEW-CHANGE of \($0.replica)", $0.isAuthentic) }
        + newView.viewChanges.flatMap { Self.carried($0) }
        + newView.prePrepares.map { ("PRE-PREPARE for \($0.sequence)", $0.isAuthentic) }
    default: return nil
    }
    guard !carried.isEmpty else { return nil }
    let wrong = carried.filter { !$0.isAuthentic }.map(\.name)
    guard wrong.isEmpty else {
      let list = wrong.joined(separator: ", ")
      return (
        Span("\(text(glyphs.refused)) ", .fault),
        [Span("Of what it carries, not signed by whom it names: \(list).", .fault)]
      )
    }
    let count = carried.count
    let told =
      count == 1 ? "The \(carried[0].name) in it is" : "All \(count) signed messages in it are"
    return (
      Span("\(text(glyphs.done)) ", .done),
      [Span("\(told) signed by whom \(count == 1 ? "it names" : "they name").")]
    )
  }

  private static func carried(_ change: ViewChange) -> [(name: String, isAuthentic: Bool)] {
    change.stable.checkpoints.map { ("CHECKPOINT of \($0.replica)", $0.isAuthentic) }
      + change.prepared.flatMap { proof in
        [("PRE-PREPARE for \(proof.sequence)", proof.prePrepare.isAuthentic)]
          + proof.prepares.map { ("PREPARE of \($0.replica) for \($0.sequence)", $0.isAuthentic) }
      }
  }
}
