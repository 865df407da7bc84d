internal import PBFT

/// Single messages made up by a faulty replica, signed with the only key it holds.
extension World {
  /// The message that a forgery stands for, or why there is none.
  func forged(_ forgery: Forgery) -> Result<Message, Refusal> {
    do throws(Refusal) {
      return .success(try message(of: forgery))
    } catch {
      return .failure(error)
    }
  }

  private func message(of forgery: Forgery) throws(Refusal) -> Message {
    let forger = replicas[forgery.from.index]
    let name = forgery.claim ?? forger.id
    let key = forger.signer
    switch forgery.content {
    case .request(let request): return .request(try find(request))
    case .prePrepare(let view, let n, let digest):
      let (digest, batch) = try resolve(digest)
      return .prePrepare(
        PrePrepare(view: view, sequence: n, digest: digest, replica: name, by: key), batch)
    case .prepare(let view, let n, let digest):
      return .prepare(
        Prepare(
          view: view, sequence: n, digest: try resolve(digest).digest, replica: name, by: key))
    case .commit(let view, let n, let digest):
      return .commit(
        Commit(
          view: view, sequence: n, digest: try resolve(digest).digest, replica: name, by: key))
    case .checkpoint(let n, let digest):
      return .checkpoint(
        Checkpoint(sequence: n, digest: try resolve(digest).digest, replica: name, by: key))
    case .reply(let view, let request, let result):
      return .reply(
        Reply(
          view: view, timestamp: request.timestamp, client: request.client, replica: name,
          result: result, by: key))
    case .viewChange(let view, let claims):
      return .viewChange(try viewChange(view, claims, of: forger, in: name))
    case .newView(let view, let members, let emptyO):
      return .newView(try newView(view, members, emptyO, of: forger, in: name))
    case .status(let view):
      return .status(
        Status(
          view: view, isActive: true, lowWatermark: forger.low, lastExecuted: forger.lastExecuted,
          lacks: [], periods: 0, replica: name, by: key))
    case .fetch(let n, let digest):
      return .fetch(Fetch(.batch(n, try resolve(digest).digest), replica: name, by: key))
    case .data(let n, let digest):
      return .data(
        DataMessage(
          .batch(n, try resolve(digest).digest), .batch(.null), replica: name, by: key))
    case .dataState(let n):
      // Only the digest that its recipient asks for makes it look at the rest.
      guard case .replica(let recipient) = forgery.to,
        let wanted = replicas[recipient.index].transfer, wanted.sequence == n
      else {
        throw Refusal(
          "\(forgery.to) asks nobody for the state of \(n)",
          help: "a replica fetches a state when it is behind a checkpoint")
      }
      var bogus = Snapshot()
      _ = bogus.store.execute(.put(key: "bogus", value: "state"))
      return .data(DataMessage(.state(n, wanted.digest), .state(bogus), replica: name, by: key))
    }
  }

  /// Its true C and, for each claim, a proof signed with its own key throughout.
  private func viewChange(
    _ view: View, _ claims: [Forgery.ClaimedProof], of forger: Replica, in name: ReplicaID
  ) throws(Refusal) -> ViewChange {
    var proofs: [PreparedProof] = []
    for claim in claims {
      guard claim.view >= View(0) else {
        throw Refusal("a proof of view \(claim.view.number)", help: "views count from 0")
      }
      let digest = try resolve(claim.digest).digest
      let primary = settings.primary(of: claim.view)
      let backups = cluster.replicas.filter { $0 != primary }.prefix(settings.needs.prepares)
      proofs.append(
        PreparedProof(
          prePrepare: PrePrepare(
            view: claim.view, sequence: claim.sequence, digest: digest, replica: primary,
            by: forger.signer),
          prepares: backups.map {
            Prepare(
              view: claim.view, sequence: claim.sequence, digest: digest, replica: $0,
              by: forger.signer)
          }))
    }
    return ViewChange(
      view: view, stable: forger.stable, prepared: proofs, replica: name, by: forger.signer)
  }

  /// V of the VIEW-CHANGEs that it holds from these replicas, its own made to fit; none of them: V is empty.
  private func newView(
    _ view: View, _ members: [ReplicaID], _ emptyO: Bool, of forger: Replica, in name: ReplicaID
  ) throws(Refusal) -> NewView {
    var chosen: [ViewChange] = []
    for member in members {
      // Once its honest code has made a NEW-VIEW of them, it holds them there.
      let known = forger.viewChanges + (forger.newView?.viewChanges ?? [])
      if let held = known.first(where: { $0.replica == member && $0.view == view }) {
        chosen.append(held)
      } else if member == forger.id {
        chosen.append(
          ViewChange(
            view: view, stable: forger.stable, prepared: [], replica: member, by: forger.signer))
      } else {
        throw Refusal(
          "\(forger.id) holds no VIEW-CHANGE of \(member) for \(view)",
          help: "`run` until it has arrived")
      }
    }
    let rows = emptyO ? [] : Selection(from: chosen, rulesOff: settings.rulesOff).rows
    return NewView(
      view: view, viewChanges: chosen,
      prePrepares: rows.map {
        PrePrepare(
          view: view, sequence: $0.sequence, digest: $0.digest, replica: name, by: forger.signer)
      }, replica: name, by: forger.signer)
  }

  /// The digest that a person names, and the requests behind it where they are known.
  func resolve(_ name: DigestName) throws(Refusal) -> (digest: Digest, batch: Batch?) {
    switch name {
    case .null: return (Batch.null.digest, .null)
    case .bogus: return (Digest.bogus, nil)
    case .letter(let index):
      guard index >= 0, index < digestLetters.count else {
        throw Refusal(
          "there is no digest with this letter yet",
          help: "letters are given in order of the first PRE-PREPAREs; `alice/1` names a request's")
      }
      let digest = digestLetters[index]
      for replica in replicas {
        for slot in replica.log.used {
          if let batch = slot.batches.first(where: { $0.digest == digest }) {
            return (digest, batch)
          }
        }
      }
      return (digest, nil)
    case .requests(let names):
      var requests: [Request] = []
      for name in names { requests.append(try find(name)) }
      let batch = Batch(requests)
      return (batch.digest, batch)
    }
  }

  /// A request by name.
  private func find(_ name: RequestName) throws(Refusal) -> Request {
    try check(.client(name.client))
    let sent = requests[name.client.index]
    let index = name.timestamp.number - 1
    if index >= 0, index < sent.count { return sent[index] }
    throw Refusal(
      "there is no request \(name) yet",
      help: "`request \(name.client) …` makes one")
  }
}
