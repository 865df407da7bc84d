internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// What the page View change shows, in lines that can be read aloud: one fact each.
extension ViewChangeTelling {
  var spoken: [String] {
    let title =
      "\(name): its primary is \(primary) (\(order)), and needs 2f + 1 = \(needs.newView) VIEW-CHANGEs"
    let replicas = world.cluster.replicas.map { id in
      "\(id) " + [sentence(id), timer(id)].filter { !$0.isEmpty }.joined(separator: "; ")
    }
    guard hasBegun else { return [title, states(of: story, world)] + explanation + replicas }
    return [title, states(of: story, world)]
      + story.viewChanges.flatMap(spoken) + refusedAsks.map(\.text)
      + derivations.indices.flatMap { spoken(derivations[$0], $0) } + replicas
  }

  /// A VIEW-CHANGE: why it was sent, its h, C and P, and where it has arrived.
  private func spoken(_ sent: Sent<ViewChange>) -> [String] {
    let whose = "VIEW-CHANGE of \(sender(sent))"
    let asked = story.asked[sent.sender.index].map { asking in
      let why = asking.byTimer ? "its timer had run out" : "it joined f + 1 = \(needs.join) others"
      return "asked at \(scene.time(asking.time)) s: \(why)"
    }
    let places = world.cluster.replicas.map { "\($0) \(words(sent.fate(at: $0)))" }
    let content = content(sent, nil, .max).map { $0.words }
    return ["\(whose): \(asked ?? "sent at \(scene.time(sent.time)) s")"]
      + (content + [places.joined(separator: ", ")]).map { "\(whose): \($0)" }
  }

  /// V, min-s, max-s, where the NEW-VIEW has arrived, and each number of O with the reason of its choice.
  private func spoken(_ derivation: Derivation, _ index: Int) -> [String] {
    let newView = derivation.newView
    let places = newView.map { sent in
      let others = world.cluster.replicas.filter { $0 != sent.sender }
      return "NEW-VIEW: "
        + others.map { "\($0) \(words(sent.fate(at: $0)))" }.joined(separator: ", ")
    }
    let rows = derivation.rows.map { row in
      let digest = newView == nil ? row.computed?.digest : row.proposed
      let outcome = digest.map(scene.speaker.name) ?? "nothing"
      let proofs = row.proofs.isEmpty ? "no proof in V" : "proofs in V \(proofs(row, byName: true))"
      return "O, \(row.sequence): \(outcome), \(proofs): \(reasons(row, derivation)[0])"
    }
    let empty =
      rows.isEmpty && !derivation.members.isEmpty
      ? ["O is empty: nothing above min-s is proved in V"] : []
    let title = title(derivation, index, .max).long.prefix(2).map(\.spans.text)
    return title.flatMap { $0.split(separator: "    ") }.map {
      ViewChangeLine([Span(String($0))]).words
    }
      + [places].compactMap { $0 } + refusals(derivation).map(\.text) + empty + rows
  }

  private func words(_ fate: Fate) -> String {
    switch fate.kind {
    case .unsent: "was sent none"
    case .own: "holds it, its own"
    case .onItsWay(let arrives): "gets it at \(scene.time(arrives)) s"
    case .held: "waits for its copy, which is held"
    case .lost(let loss): "never got it (\(scene.words(loss)))"
    case .forgotten: "forgot it when it crashed"
    case .counts: "counts it since \(scene.time(fate.time)) s"
    case .refused(let finding)
    where finding.rule == .viewChangeCurrent || finding.rule == .newViewCurrent:
      "got it too late to need it"
    case .refused: "refused it at \(scene.time(fate.time)) s"
    }
  }
}

extension ViewChangeLine {
  /// Its text, with commas where only blanks set apart what it tells.
  fileprivate var words: String {
    let parts = spans.map(\.text).joined().split(separator: "  ").map { $0.drop { $0 == " " } }
    return parts.reduce("") { text, part in
      text.isEmpty || part.isEmpty ? text + part : text + (text.hasSuffix(":") ? " " : ", ") + part
    }
  }
}
