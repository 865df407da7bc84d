internal import Language
internal import PBFT
internal import Simulation

/// One number of O: what V proves for it, what was chosen, what follows from V, and why.
struct ChoiceRow: Hashable {
  let sequence: SequenceNumber
  /// The digests that are proved for it, those of higher views first, and in whose VIEW-CHANGEs.
  let proofs: [Proof]
  /// What follows from V; nil: nothing, since a rule is off.
  let computed: Selection.Row?
  /// What the NEW-VIEW proposes; nil: it leaves the number out.
  let proposed: Digest?
  /// There is a NEW-VIEW, and it does not propose what follows from V.
  let isWrong: Bool

  struct Proof: Hashable {
    let view: View
    let digest: Digest
    var holders: [ReplicaID]
  }
}

/// O and where it comes from: of a NEW-VIEW that was sent, or as it would be now.
struct Derivation {
  let members: [ViewChange]
  let selection: Selection
  let newView: Sent<NewView>?
  let rows: [ChoiceRow]

  /// Nobody reads more.
  static let mostRows = 200

  /// Computed with the function with which the primary proposes and every backup checks (§4.4).
  init(from members: [ViewChange], _ newView: Sent<NewView>?, in world: World) {
    self.members = members
    self.newView = newView
    let selection = Selection(from: members, rulesOff: world.rulesOff)
    self.selection = selection
    let sent = newView?.content.prePrepares
    var numbers = Set(selection.rows.prefix(Self.mostRows).map(\.sequence))
    for proposal in sent?.prefix(Self.mostRows) ?? [] { numbers.insert(proposal.sequence) }
    // Where the null request is left out, the gap is shown.
    let last = min(selection.maxS, selection.minS + Self.mostRows).number
    for n in selection.minS.number..<max(last, selection.minS.number) {
      numbers.insert(SequenceNumber(n + 1))
    }
    rows = numbers.sorted().prefix(Self.mostRows).map { n in
      let computed = selection.rows.first { $0.sequence == n }
      let proposed = sent?.first { $0.sequence == n }?.digest
      return ChoiceRow(
        sequence: n, proofs: Self.proofs(of: n, in: members), computed: computed,
        proposed: proposed, isWrong: sent != nil && proposed != computed?.digest)
    }
  }

  private static func proofs(
    of n: SequenceNumber, in members: [ViewChange]
  ) -> [ChoiceRow.Proof] {
    var proofs: [ChoiceRow.Proof] = []
    for member in members {
      for proof in member.prepared where proof.sequence == n {
        if let place = proofs.firstIndex(where: {
          $0.view == proof.view && $0.digest == proof.digest
        }) {
          proofs[place].holders.append(member.replica)
        } else {
          proofs.append(
            ChoiceRow.Proof(view: proof.view, digest: proof.digest, holders: [member.replica]))
        }
      }
    }
    for place in proofs.indices { proofs[place].holders.sort() }
    return proofs.sorted { ($1.view, $0.holders[0]) < ($0.view, $1.holders[0]) }
  }

  /// Whether what was proposed is what follows from V.
  var isRight: Bool {
    guard let sent = newView?.content.prePrepares else { return true }
    return sent.map(\.sequence) == selection.rows.map(\.sequence)
      && sent.map(\.digest) == selection.rows.map(\.digest)
  }
}

extension Speaker {
  /// Why a number carries this digest into the new view: the longest way to say it first.
  func reasons(_ row: ChoiceRow, _ rulesOff: RuleSet) -> [String] {
    if row.isWrong { return wrong(row) }
    guard let computed = row.computed else {
      return [
        "nobody in V proves anything for \(row.sequence), and null-request is off: it stays empty",
        "null-request is off: it stays empty",
      ]
    }
    guard case .proof(let view, let holders) = computed.reason else {
      return [
        "nobody in V proves anything for \(row.sequence): null, so that later numbers can execute",
        "no proof in V: null, so that later numbers can execute", "no proof in V: null",
      ]
    }
    let digest = name(of: computed.digest)
    let others = row.proofs.filter { $0.digest != computed.digest }
    if rulesOff.contains(.highestView), row.proofs.count > 1 {
      return [
        "highest-view is off: the proof of \(view), the lowest, is taken", "highest-view is off",
      ]
    }
    if let other = others.first {
      let loser = "\(name(of: other.digest)) of \(other.view)"
      return other.view == view
        ? ["two digests are proved in \(view): the first in V is taken", "two digests in \(view)"]
        : [
          "the proof of the highest view, \(view), counts: it knew of \(loser)",
          "the highest view, \(view), wins over \(loser)", "the highest view, \(view)",
        ]
    }
    if row.proofs.count > 1 {
      return [
        "proved in \(row.proofs.count) views, always \(digest): the proof of the highest, \(view), counts",
        "always \(digest); the highest view is \(view)", "always \(digest)",
      ]
    }
    if holders.count == 1 {
      return [
        "one proof is enough: \(digest) may have committed somewhere in \(view)",
        "one proof is enough: \(digest) may have committed somewhere",
        "one proof is enough: it may have committed", "one proof is enough",
      ]
    }
    return ["the only digest proved"]
  }

  private func wrong(_ row: ChoiceRow) -> [String] {
    let should = row.computed.map { name(of: $0.digest) }
    let does = row.proposed.map { name(of: $0) }
    switch (does, should) {
    case (nil, let should?):
      return ["wrong: it is left out, and \(should) follows from V", "left out: must be \(should)"]
    case (let does?, let should?):
      return [
        "wrong: \(does) is proposed, and \(should) follows from V", "wrong: must be \(should)",
      ]
    default: return ["wrong: nothing follows from V for it", "wrong: not in V"]
    }
  }
}
