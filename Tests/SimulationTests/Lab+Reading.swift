import PBFT
import Simulation

/// What happened in a lab, in words short enough for an expectation.
extension Lab {
  /// `alice/1`, `alice/1+bob/1`, `null`, or `bogus` for what nobody has ever proposed with its requests.
  func name(of digest: Digest) -> String {
    if digest == Batch.null.digest { return "null" }
    for happening in happenings {
      if case .send(_, .prePrepare(_, let batch?), _, _, _) = happening.kind,
        batch.digest == digest
      {
        return batch.requests.map(\.description).joined(separator: "+")
      }
    }
    return "bogus"
  }

  /// What a replica executed, in order: `1:alice/1`, `2:null`, `2:(alice/1)` where it was run before.
  func executed(by replica: ReplicaID) -> [String] {
    var lines: [String] = []
    var requests: [String] = []
    for happening in happenings {
      switch happening.kind {
      case .execute(replica, _, _, let request, _, let skipped):
        requests.append(skipped ? "(\(request))" : request.description)
      case .executedBatch(replica, let n, _):
        let text = requests.isEmpty ? "null" : requests.joined(separator: "+")
        lines.append("\(n.number):\(text)")
        requests = []
      default: break
      }
    }
    return lines
  }

  /// The furthest that agreement on n came at a replica in a view: `prepared alice/1`, or `empty`.
  func phase(_ replica: ReplicaID, _ n: Int = 1, in view: Int = 0) -> String {
    var furthest = "empty"
    for happening in happenings {
      if case .phase(replica, let phase, View(view), SequenceNumber(n), let digest, _) =
        happening.kind
      {
        furthest = "\(phase.word) \(name(of: digest))"
      }
    }
    return furthest
  }

  /// The votes counted when n became prepared or committed in a view.
  func tally(_ replica: ReplicaID, _ phase: Phase, _ n: Int = 1, in view: Int = 0) -> Int? {
    for happening in happenings {
      if case .phase(replica, phase, View(view), SequenceNumber(n), _, let finding) = happening.kind
      {
        return finding.values[.have]
      }
    }
    return nil
  }

  /// O as the replicas entered a view with it, one text for each different one: `1:alice/1 v0 R1 R2`, `2:null`.
  func selections(of view: Int) -> [[String]] {
    var found: [[String]] = []
    for happening in happenings {
      guard case .view(_, View(view), true, let selection?) = happening.kind else { continue }
      let rows = selection.rows.map { row in
        switch row.reason {
        case .null: "\(row.sequence.number):null"
        case .proof(let proofView, let holders):
          "\(row.sequence.number):\(name(of: row.digest)) \(proofView) "
            + holders.map(\.description).joined(separator: " ")
        }
      }
      if !found.contains(rows) { found.append(rows) }
    }
    return found
  }

  /// Who entered a view, in order.
  func entered(_ view: Int) -> [ReplicaID] {
    happenings.compactMap {
      if case .view(let replica, View(view), true, _) = $0.kind { replica } else { nil }
    }
  }

  /// Who asked for a view, in order.
  func askedFor(_ view: Int) -> [ReplicaID] {
    happenings.compactMap {
      if case .view(let replica, View(view), false, _) = $0.kind { replica } else { nil }
    }
  }

  /// The replicas at which a rule came to hold, in order.
  func held(_ rule: Rule) -> [ReplicaID] {
    happenings.compactMap {
      if case .rule(.replica(let replica), let finding) = $0.kind, finding.rule == rule,
        finding.verdict == .accepted
      {
        replica
      } else {
        nil
      }
    }
  }

  /// How often a replica refused a message by a rule.
  func refusals(_ rule: Rule, by replica: ReplicaID) -> Int {
    happenings.count {
      switch $0.kind {
      case .receive(_, _, _, .replica(replica), let finding),
        .judgedLater(replica, _, let finding):
        finding.rule == rule && finding.verdict == .refused
      default: false
      }
    }
  }

  /// The results that a client accepted, and from whom: `a from R0 R1`.
  func answers(to client: ClientID) -> [String] {
    happenings.compactMap {
      if case .accept(client, _, let result, let replicas) = $0.kind {
        "\(result) from \(replicas.sorted().map(\.description).joined(separator: " "))"
      } else {
        nil
      }
    }
  }

  /// How many messages of a kind a replica sent.
  func sent(_ kind: Message.Kind, by replica: ReplicaID) -> Int {
    happenings.count {
      if case .send(_, let message, .replica(replica), _, _) = $0.kind {
        message.kind == kind
      } else {
        false
      }
    }
  }

  /// The P of the VIEW-CHANGEs that a replica sent for a view: `1:alice/1 v0`.
  func proofs(of replica: ReplicaID, for view: Int) -> [String]? {
    for happening in happenings {
      if case .send(_, .viewChange(let message), .replica(replica), _, _) = happening.kind,
        message.view == View(view), message.replica == replica
      {
        return message.prepared.map {
          "\($0.sequence.number):\(name(of: $0.digest)) \($0.view)"
        }
      }
    }
    return nil
  }
}
