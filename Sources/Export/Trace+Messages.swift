internal import PBFT
internal import Simulation

extension JSON {
  static func name(_ name: some CustomStringConvertible) -> JSON { .string(name.description) }
  static func digest(_ digest: Digest?) -> JSON { digest.map { .string($0.description) } ?? .null }
  static func time(_ instant: Instant?) -> JSON {
    instant.map { .number($0.microseconds) } ?? .null
  }
  static func signer(_ signature: Signature) -> JSON {
    signature.signedBy.map { .name($0) } ?? .null
  }
}

extension Message {
  /// The whole message, with the owner of the key that really signed it and each item of its certificates.
  var fields: [(String, JSON)] {
    let first: [(String, JSON)] = [
      ("type", .string(kind.rawValue)), ("author", .name(author)),
      ("signedBy", signedBy.map { .name($0) } ?? .null),
    ]
    return first + ownFields
  }

  private var ownFields: [(String, JSON)] {
    switch self {
    case .request(let request): return request.fields
    case .prePrepare(let prePrepare, let batch):
      let requests = batch.map { JSON.array($0.requests.map { .object($0.fields) }) } ?? .null
      return vote(prePrepare.view, prePrepare.sequence, prePrepare.digest)
        + [("requests", requests)]
    case .prepare(let prepare): return vote(prepare.view, prepare.sequence, prepare.digest)
    case .commit(let commit): return vote(commit.view, commit.sequence, commit.digest)
    case .checkpoint(let checkpoint):
      return [
        ("sequence", .number(checkpoint.sequence.number)),
        ("digest", .digest(checkpoint.digest)),
      ]
    case .reply(let reply):
      return [
        ("view", .number(reply.view.number)), ("client", .name(reply.client)),
        ("timestamp", .number(reply.timestamp.number)), ("result", .string(reply.result)),
      ]
    case .viewChange(let viewChange): return viewChange.fields
    case .newView(let newView):
      return [
        ("view", .number(newView.view.number)),
        ("V", .array(newView.viewChanges.map { .object($0.memberFields) })),
        ("O", .array(newView.prePrepares.map { .object($0.fields) })),
      ]
    case .status(let status): return status.fields
    case .fetch(let fetch): return fetch.item.fields
    case .data(let data): return data.item.fields + data.content.fields
    }
  }

  private func vote(
    _ view: View, _ sequence: SequenceNumber, _ digest: Digest
  ) -> [(String, JSON)] {
    [
      ("view", .number(view.number)), ("sequence", .number(sequence.number)),
      ("digest", .digest(digest)),
    ]
  }
}

extension Request {
  var fields: [(String, JSON)] {
    [
      ("client", .name(client)), ("timestamp", .number(timestamp.number)),
      ("operation", .string(operation.description)), ("requestDigest", .digest(digest)),
      ("requestSignedBy", .signer(signature)),
    ]
  }
}

extension PrePrepare {
  fileprivate var fields: [(String, JSON)] {
    [
      ("view", .number(view.number)), ("sequence", .number(sequence.number)),
      ("digest", .digest(digest)), ("author", .name(replica)), ("signedBy", .signer(signature)),
    ]
  }
}

extension ViewChange {
  /// h, C and P written out.
  fileprivate var fields: [(String, JSON)] {
    [
      ("view", .number(view.number)), ("stable", .number(stable.sequence.number)),
      ("stableDigest", .digest(stable.digest)),
      (
        "C",
        .array(
          stable.checkpoints.map { checkpoint in
            .object([
              ("sequence", .number(checkpoint.sequence.number)),
              ("digest", .digest(checkpoint.digest)), ("author", .name(checkpoint.replica)),
              ("signedBy", .signer(checkpoint.signature)),
            ])
          })
      ),
      ("P", .array(prepared.map { .object($0.fields) })),
    ]
  }

  /// As a member of V it also tells whose it is.
  fileprivate var memberFields: [(String, JSON)] {
    [("author", .name(replica)), ("signedBy", .signer(signature))] + fields
  }
}

extension PreparedProof {
  fileprivate var fields: [(String, JSON)] {
    [
      ("prePrepare", .object(prePrepare.fields)),
      (
        "prepares",
        .array(
          prepares.map { prepare in
            .object([
              ("view", .number(prepare.view.number)),
              ("sequence", .number(prepare.sequence.number)),
              ("digest", .digest(prepare.digest)), ("author", .name(prepare.replica)),
              ("signedBy", .signer(prepare.signature)),
            ])
          })
      ),
    ]
  }
}

extension Status {
  fileprivate var fields: [(String, JSON)] {
    func members(_ mask: UInt16) -> JSON {
      .array((0..<16).filter { mask & (1 << $0) != 0 }.map { .name(ReplicaID($0)) })
    }
    return [
      ("view", .number(view.number)), ("active", .bool(isActive)),
      ("h", .number(lowWatermark.number)), ("lastExecuted", .number(lastExecuted.number)),
      ("periods", .number(periods)),
      (
        "lacks",
        .array(
          lacks.map { lack in
            .object([
              ("sequence", .number(lack.sequence.number)),
              ("hasPrePrepare", .bool(lack.hasPrePrepare)),
              ("prepares", members(lack.prepares)), ("commits", members(lack.commits)),
            ])
          })
      ),
    ]
  }
}

extension FetchItem {
  fileprivate var fields: [(String, JSON)] {
    var item = "batch"
    if case .state = self { item = "state" }
    return [
      ("item", .string(item)), ("sequence", .number(sequence.number)),
      ("digest", .digest(digest)),
    ]
  }
}

extension DataMessage.Content {
  fileprivate var fields: [(String, JSON)] {
    switch self {
    case .batch(let batch):
      return [("requests", .array(batch.requests.map { .object($0.fields) }))]
    case .state(let snapshot):
      return [
        (
          "state",
          .array(
            snapshot.store.entries.map { .array([.string($0.key), .string($0.value)]) })
        ),
        (
          "replies",
          .array(
            snapshot.replies.all.map { client, entry in
              .array([
                .name(client), .number(entry.timestamp.number), .string(entry.result),
              ])
            })
        ),
      ]
    }
  }
}

extension Finding {
  var fields: [(String, JSON)] {
    // What is held is a timestamp or a view in two rules, and a digest in all others.
    let holdsDigests = rule != .requestNewest && rule != .viewChangeOnce
    let numbers = values.all.map { value -> (String, JSON) in
      let isDigest = value.name == .offered || (value.name == .held && holdsDigests)
      return (
        String(describing: value.name),
        isDigest ? .string(Self.hexadecimal(value.number)) : .number(value.number)
      )
    }
    return [
      ("verdict", .string(verdict.word)), ("rule", .string(rule.name)),
      ("values", .object(numbers)),
    ]
  }

  /// The first eight bytes of a digest.
  private static func hexadecimal(_ number: Int) -> String {
    let digits = String(UInt64(bitPattern: Int64(number)), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension Selection {
  /// min-s, max-s, and O row by row with the reason of each.
  var fields: [(String, JSON)] {
    [
      ("minS", .number(minS.number)), ("maxS", .number(maxS.number)),
      (
        "O",
        .array(
          rows.map { row in
            var fields: [(String, JSON)] = [
              ("sequence", .number(row.sequence.number)), ("digest", .digest(row.digest)),
            ]
            if case .proof(let view, let holders) = row.reason {
              fields.append(("provedIn", .number(view.number)))
              fields.append(("provedBy", .array(holders.map { .name($0) })))
            } else {
              fields.append(("provedIn", .null))
            }
            return .object(fields)
          })
      ),
    ]
  }
}

extension Violation {
  var fields: [(String, JSON)] {
    var fields: [(String, JSON)] = [
      ("invariant", .string(invariant.name)), ("sequence", .number(sequence.number)),
      ("view", .number(view.number)), ("witnesses", .array(witnesses.map(\.json))),
    ]
    if let request {
      fields.append(("client", .name(request.client)))
      fields.append(("timestamp", .number(request.timestamp.number)))
    }
    if let accepted { fields.append(("accepted", .string(accepted))) }
    if let window {
      fields.append(("h", .number(window.low.number)))
      fields.append(("H", .number(window.high.number)))
    }
    return fields
  }
}

extension Violation.Witness {
  fileprivate var json: JSON {
    var fields: [(String, JSON)] = [("replica", .name(replica)), ("digest", .digest(digest))]
    if let result { fields.append(("result", .string(result))) }
    if let sequence { fields.append(("sequence", .number(sequence.number))) }
    return .object(fields)
  }
}
