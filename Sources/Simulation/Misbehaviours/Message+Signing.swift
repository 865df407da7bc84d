internal import PBFT

extension Message {
  /// The same message with some of what it says changed, signed anew with a key.
  ///
  /// What a kind of message does not say cannot be changed in it; a REQUEST stays as its client signed it.
  func changed(
    view: View? = nil, sequence: SequenceNumber? = nil, digest: Digest? = nil,
    name: ReplicaID? = nil, by signer: Signer
  ) -> Message {
    switch self {
    case .request: return self
    case .prePrepare(let old, let batch):
      return .prePrepare(
        PrePrepare(
          view: view ?? old.view, sequence: sequence ?? old.sequence, digest: digest ?? old.digest,
          replica: name ?? old.replica, by: signer), batch)
    case .prepare(let old):
      return .prepare(
        Prepare(
          view: view ?? old.view, sequence: sequence ?? old.sequence, digest: digest ?? old.digest,
          replica: name ?? old.replica, by: signer))
    case .commit(let old):
      return .commit(
        Commit(
          view: view ?? old.view, sequence: sequence ?? old.sequence, digest: digest ?? old.digest,
          replica: name ?? old.replica, by: signer))
    case .checkpoint(let old):
      return .checkpoint(
        Checkpoint(
          sequence: sequence ?? old.sequence, digest: digest ?? old.digest,
          replica: name ?? old.replica, by: signer))
    case .reply(let old):
      return .reply(
        Reply(
          view: view ?? old.view, timestamp: old.timestamp, client: old.client,
          replica: name ?? old.replica, result: old.result, by: signer))
    case .viewChange(let old):
      return .viewChange(
        ViewChange(
          view: view ?? old.view, stable: old.stable, prepared: old.prepared,
          replica: name ?? old.replica, by: signer))
    case .newView(let old):
      return .newView(
        NewView(
          view: view ?? old.view, viewChanges: old.viewChanges, prePrepares: old.prePrepares,
          replica: name ?? old.replica, by: signer))
    case .status(let old):
      return .status(
        Status(
          view: view ?? old.view, isActive: old.isActive, lowWatermark: old.lowWatermark,
          lastExecuted: old.lastExecuted, lacks: old.lacks, periods: old.periods,
          replica: name ?? old.replica, by: signer))
    case .fetch(let old):
      let item = old.item.changed(sequence: sequence, digest: digest)
      return .fetch(Fetch(item, replica: name ?? old.replica, by: signer))
    case .data(let old):
      let item = old.item.changed(sequence: sequence, digest: digest)
      return .data(DataMessage(item, old.content, replica: name ?? old.replica, by: signer))
    }
  }
}

extension FetchItem {
  fileprivate func changed(sequence: SequenceNumber?, digest: Digest?) -> FetchItem {
    switch self {
    case .batch(let n, let old): .batch(sequence ?? n, digest ?? old)
    case .state(let n, let old): .state(sequence ?? n, digest ?? old)
    }
  }
}
