internal import PBFT

extension Speaker {
  /// The rules of timers.
  func timer(_ rule: Rule, _ facts: Facts) -> Forms {
    let request = facts.request
    switch rule {
    case .timerOnRequest:
      return Forms(
        accepted: "\(request) waits for execution: the timer runs for \(facts.duration)",
        refused: "no timer runs on \(request): the primary itself proposes it")
    case .timerStops:
      return Forms(
        accepted: "\(request) is executed: its timer stops",
        refused: "\(request) is not executed yet: its timer runs on")
    case .timerCurrent:
      return Forms(
        accepted: "the timer that fires is the one that was set last",
        refused: "the timer was stopped or started anew: it does nothing")
    case .timeout:
      let next = facts[.view].map { "v\($0)" } ?? "the next view"
      return Forms(
        accepted: "waited in vain in \(facts.ownView): it asks for \(next)",
        refused: "\(request) is executed in time: no reason to ask for another view")
    case .backOff:
      return Forms(
        accepted:
          "each view change in a row waits twice as long: \(facts.duration) for \(facts.view)",
        refused: "the first view change in a row waits no longer: \(facts.duration)")
    default:
      return Forms(
        accepted: "still waiting: it sends its STATUS and what is unanswered again",
        refused: "nothing is missing: nothing is sent again")
    }
  }

  /// The rules of VIEW-CHANGE messages.
  func viewChange(_ rule: Rule, _ facts: Facts) -> Forms {
    switch rule {
    case .viewChangeCurrent:
      return Forms(refused: "\(facts.view) is no view to come: this replica is in \(facts.ownView)")
    case .viewChangeOnce:
      return Forms(
        refused: "\(facts.replica) has sent a VIEW-CHANGE already: a later one counts only for a "
          + "higher view")
    case .stableProof:
      let need = Facts.need("2f + 1", cluster.quorum, facts[.need] ?? cluster.quorum)
      let proof = "\(need) matching signed CHECKPOINTs"
      return Forms(
        accepted: "C proves the checkpoint of \(facts.n)",
        refused: facts[.have].map { "C for \(facts.n) has \($0) of \(proof)" }
          ?? "C does not prove \(facts.n): it takes \(proof)")
    case .preparedProofs:
      let need = Facts.need("2f", cluster.prepares, facts[.need] ?? cluster.prepares)
      let proof = "a signed PRE-PREPARE and \(need) signed PREPAREs"
      return Forms(
        accepted: "P proves what it claims",
        refused: "P does not prove \(facts.n): it takes \(proof) that match")
    case .viewChangeCounts:
      let enough = facts.isEnough ? ": enough" : ""
      return Forms(
        accepted:
          "\(facts.tally("2f + 1", cluster.quorum)) VIEW-CHANGEs for \(facts.view)\(enough)",
        refused: "a VIEW-CHANGE whose proofs do not hold does not count")
    case .join:
      let tally = facts.tally("f + 1", cluster.weak)
      return Forms(
        accepted: "\(tally) VIEW-CHANGEs of others for higher views: it joins \(facts.view)",
        refused: "\(tally) VIEW-CHANGEs of others for higher views: "
          + "it stays in \(facts.ownView)")
    default:
      let tally = facts.tally("f + 1", cluster.weak)
      return Forms(
        accepted: "\(tally) ask for a higher view: one of them is correct",
        refused: "\(tally) ask for a higher view: all of them may be faulty")
    }
  }

  /// The rules of NEW-VIEW messages.
  func newView(_ rule: Rule, _ facts: Facts) -> Forms {
    switch rule {
    case .newViewTimer:
      return Forms(
        accepted: "\(facts.tally("2f + 1", cluster.quorum)) VIEW-CHANGEs for \(facts.view): "
          + "the wait for the NEW-VIEW, \(facts.duration), begins",
        refused: "\(facts.tally("2f + 1", cluster.quorum)) VIEW-CHANGEs for \(facts.view): "
          + "the wait for the NEW-VIEW has not begun")
    case .newViewFromPrimary:
      return Forms(refused: "\(facts.replica) is not the primary of \(facts.view)")
    case .newViewCurrent:
      return Forms(refused: "\(facts.view) is no view to come: this replica is in \(facts.ownView)")
    case .newViewQuorum:
      return Forms(
        accepted: "\(facts.tally("2f + 1", cluster.quorum)) VIEW-CHANGEs: \(facts.view) begins",
        refused: "V has \(facts.tally("2f + 1", cluster.quorum)) valid VIEW-CHANGEs of different "
          + "replicas")
    case .newViewComputed:
      return Forms(
        accepted: "O is what follows from V\(span(facts))",
        refused: "O is not what follows from V\(span(facts))")
    case .proofsInViewChange:
      let count = facts[.have].map { $0 == 1 ? "the proof" : "\($0) proofs" } ?? "the proof"
      return Forms(
        accepted: "P holds \(count) of what prepared above the stable checkpoint",
        refused: "P is empty: nothing has prepared above the stable checkpoint")
    case .highestView:
      return Forms(
        accepted: "\(facts.n) is taken over from \(facts.view), the highest proved",
        refused: "the proof of \(facts.view) for \(facts.n) loses: there is one of "
          + (facts[.need].map { "v\($0)" } ?? "a higher view"))
    default:
      return Forms(
        accepted: "no proof for \(facts.n): it is filled with the null request",
        refused: "\(facts.n) is proved, and needs no null request")
    }
  }

  /// min-s and max-s, where they are known.
  private func span(_ facts: Facts) -> String {
    guard let minS = facts[.minS], let maxS = facts[.maxS] else { return "" }
    return ": min-s = \(minS), max-s = \(maxS)"
  }
}
