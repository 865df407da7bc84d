public import PBFT
internal import Simulation

extension Speaker {
  /// What a replica writes to its disk, in short: `its PREPARE v0 n1 a`, `its VIEW-CHANGE v1`.
  public func short(_ record: StableRecord, of replica: ReplicaID) -> String {
    let digest = record.digest.map(name(of:)) ?? ""
    let view = record.view.map(\.description) ?? ""
    let n = record.sequence.map(\.description) ?? ""
    switch record {
    case .prePrepared(let own, _):
      return "its \(own.replica == replica ? "PRE-PREPARE" : "PREPARE") \(view) \(n) \(digest)"
    case .prepared: return "prepared \(view) \(n) \(digest)"
    case .committed: return "committed \(view) \(n) \(digest)"
    case .viewChange: return "its VIEW-CHANGE \(view)"
    case .newView: return "the NEW-VIEW \(view)"
    case .checkpoint: return "the state of its CHECKPOINT \(n)"
    case .stable: return "the stable checkpoint \(n)"
    }
  }

  /// What a restarted replica said before, and what it says now.
  func contradiction(_ violation: Violation) -> String {
    guard let then = violation.witnesses.first, let now = violation.witnesses.last else {
      return ""
    }
    let replica = then.replica
    switch (then.digest, now.digest) {
    case (let then?, let now?):
      return "\(replica) said \(name(of: then)), and says \(name(of: now))"
    case (let then?, nil): return "\(replica) sent a COMMIT for \(name(of: then)), and hides it"
    case (nil, let now?):
      return "\(replica) had left the view, and votes for \(name(of: now)) in it"
    case (nil, nil): return "\(replica) had gone on to this view, and asks for a lower one"
    }
  }

  /// The rules of stable storage: refused is what a restart finds forgotten.
  func storage(_ rule: Rule, _ facts: Facts) -> Forms {
    switch rule {
    case .durablePrePrepared:
      return Forms(
        accepted: "what it votes for at \(facts.n) is on its disk",
        refused: "its vote for \(facts.n) in \(facts.view) is not on its disk: it is forgotten")
    case .durablePrepared:
      return Forms(
        accepted: "the certificate of \(facts.n) is on its disk",
        refused: "that \(facts.n) prepared in \(facts.view) is not on its disk: it is forgotten")
    case .durableView:
      return Forms(
        accepted: "that it asks for \(facts.view) is on its disk",
        refused:
          "that it asked for \(facts.view) is not on its disk: it is back in \(facts.ownView)")
    case .durableNewView:
      return Forms(
        accepted: "the NEW-VIEW of \(facts.view) is on its disk",
        refused: "that it entered \(facts.view) is not on its disk: it is back in \(facts.ownView)")
    case .durableCheckpoint:
      return Forms(
        accepted: "the state of its CHECKPOINT of \(facts.n) is on its disk",
        refused: "the state of its CHECKPOINT of \(facts.n) is not on its disk: it has lost it")
    default:
      let executed = facts[.executed].map { "n = \($0)" } ?? "more"
      return Forms(
        accepted: "what it executes at \(facts.n) is on its disk",
        refused: "it had executed up to \(executed), and its disk ends at \(facts.n)")
    }
  }
}
