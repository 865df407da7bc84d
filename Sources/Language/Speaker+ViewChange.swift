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

  func newView(_ message: NewView) -> [Field] {
    var fields = [Field("v view", "\(message.view.number)")]
    for viewChange in message.viewChanges {
      fields.append(Field("V \(viewChange.replica)", short(.viewChange(viewChange))))
    }
    if message.prePrepares.isEmpty { fields.append(Field("O", "nothing to propose again")) }
    for prePrepare in message.prePrepares {
      fields.append(Field("O \(prePrepare.sequence)", name(of: prePrepare.digest)))
    }
    return fields
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
