internal import PBFT

extension Speaker {
  func viewChange(_ message: ViewChange) -> [Field] {
    let stable = message.stable
    let signers = stable.checkpoints.map(\.replica.description).joined(separator: " ")
    var fields = [
      Field("v view", "\(message.view.number)"),
      Field("n stable", "\(stable.sequence.number)"),
      Field("C checkpoints", signers.isEmpty ? "none: the start needs no proof" : signers),
    ]
    if message.prepared.isEmpty { fields.append(Field("P prepared", "nothing")) }
    for proof in message.prepared {
      let senders = proof.prepares.map(\.replica.description).joined(separator: " ")
      fields.append(
        Field(
          "P \(proof.sequence)",
          "\(proof.view) \(name(of: proof.digest)): PRE-PREPARE of \(proof.prePrepare.replica), "
            + "PREPAREs of \(senders.isEmpty ? "nobody" : senders)"))
    }
    return fields
  }

  /// *V* with every VIEW-CHANGE opened, and *O* with what each of its choices rests on.
  func newView(_ message: NewView) -> [Field] {
    var fields = [Field("v view", "\(message.view.number)")]
    for change in message.viewChanges {
      let isFor = change.view == message.view ? "" : ", but for \(change.view)"
      let honest = change.isAuthentic ? "" : ", which it has not signed"
      fields.append(
        Field("V \(change.replica)", "the VIEW-CHANGE of \(change.replica)\(isFor)\(honest)"))
      fields += viewChange(change).dropFirst().map { Field("  " + $0.name, $0.value) }
    }
    if message.prePrepares.isEmpty { fields.append(Field("O", "nothing to propose again")) }
    for prePrepare in message.prePrepares {
      let ground = ground(of: prePrepare, in: message)
      fields.append(
        Field("O \(prePrepare.sequence)", "\(name(of: prePrepare.digest)): \(ground)"))
    }
    return fields
  }

  /// What in *V* makes this the digest to propose again: the proof of the highest view, or that there is none
  /// (§4.4).
  private func ground(of prePrepare: PrePrepare, in message: NewView) -> String {
    let proofs = message.viewChanges.flatMap { change in
      change.prepared.filter { $0.sequence == prePrepare.sequence }.map { (change.replica, $0) }
    }
    guard let highest = proofs.map(\.1.view).max() else {
      return prePrepare.digest == Batch.null.digest
        ? "no proof for \(prePrepare.sequence) in V, so the null request" : "no proof for it in V"
    }
    let holders = proofs.filter { $0.1.view == highest && $0.1.digest == prePrepare.digest }
    guard !holders.isEmpty else { return "not the digest that V proves in \(highest)" }
    return "prepared in \(highest), as P of \(Self.list(holders.map(\.0))) shows"
  }

  func status(_ message: Status) -> [Field] {
    let lacks = message.lacks.map { lack in
      "\(lack.sequence)" + (lack.hasPrePrepare ? "" : " no PRE-PREPARE")
        + " P\(lack.prepares.nonzeroBitCount) C\(lack.commits.nonzeroBitCount)"
    }
    return [
      Field("v view", "\(message.view.number)"),
      Field("active", message.isActive ? "yes" : "no, its view changes"),
      Field("h low", "\(message.lowWatermark.number)"),
      Field("last executed", "\(message.lastExecuted.number)"),
      Field("lacks", lacks.isEmpty ? "nothing" : lacks.joined(separator: ", ")),
    ]
  }
}
