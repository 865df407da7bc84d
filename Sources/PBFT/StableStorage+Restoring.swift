/// Starting again from what is on the disk.
extension Replica {
  /// A replica that has crashed and knows again what is on its disk, and nothing else.
  ///
  /// Views never go back: it is active in no view that it has left, and repeats the votes that the disk backs.
  public init(
    restoring disk: StableStorage, as id: ReplicaID, settings: Settings, signer: Signer,
    telling tells: Tells = .everything
  ) {
    self.init(id, settings: settings, signer: signer, telling: tells)
    view = disk.view
    isActive = disk.isActive
    newView = disk.newView
    enteredView = disk.newView?.view ?? View(0)
    if let own = disk.viewChange { viewChanges = [own] }
    progressView = disk.progressView
    stable = disk.stable
    log.advance(to: stable.sequence)
    ownCheckpoints = disk.checkpoints.filter { $0.sequence >= stable.sequence }
    checkpoints = ownCheckpoints.map(\.message).filter { $0.sequence > low }
    repeatExecution(from: disk)
    for entry in disk.entries where log.contains(entry.sequence) { restore(entry) }
    lastAssigned = max(
      low, newView?.prePrepares.last?.sequence ?? low,
      log.used.last { $0.prePrepare != nil }?.sequence ?? low)
    resumeWaiting()
    // A checkpoint below which it has not executed everything is fetched, as it was before the crash.
    if lastExecuted < low, let digest = stable.digest {
      let others = stable.checkpoints.map(\.replica).filter { $0 != id }
      if !others.isEmpty, !isOff(.stateTransfer) {
        transfer = Transfer(sequence: low, digest: digest, sources: others, attempt: 0)
      }
    }
  }

  /// The last state written, and on it everything executed since, in order.
  private mutating func repeatExecution(from disk: StableStorage) {
    if let last = disk.checkpoints.last {
      state = last.snapshot
      lastExecuted = last.sequence
    }
    while let committed = disk[lastExecuted.next]?.committed, lastExecuted.next > lastExecuted {
      lastExecuted = lastExecuted.next
      for request in committed.batch.requests { _ = run(request) }
    }
  }

  /// What the disk holds about a number: the proposal of this view with the own votes, or the proof that
  /// something prepared in an earlier one.
  private mutating func restore(_ entry: StableStorage.Entry) {
    let place = log.place(of: entry.sequence)
    for batch in entry.batches { log.slots[place].add(batch) }
    if let proof = entry.prepared, proof.view < view || !isActive {
      log.slots[place].certificate = proof
    }
    guard isActive, let accepted = entry.accepted, accepted.view == view else { return }
    let n = entry.sequence
    if accepted.digest == Batch.null.digest { log.slots[place].add(.null) }
    log.slots[place].accept(accepted, in: settings)
    log.slots[place].announced = log.slots[place].hasBatch ? .prePrepared : .empty
    if !isPrimary {
      log.slots[place].add(
        Prepare(view: view, sequence: n, digest: accepted.digest, replica: id, by: signer),
        in: settings)
    }
    guard let proof = entry.prepared, proof.view == view, proof.digest == accepted.digest,
      log.slots[place].hasBatch
    else { return }
    for prepare in proof.prepares where prepare.replica != id {
      log.slots[place].add(prepare, in: settings)
    }
    log.slots[place].add(
      Commit(view: view, sequence: n, digest: accepted.digest, replica: id, by: signer),
      in: settings)
    log.slots[place].announced = .prepared
    guard let committed = entry.committed, committed.prePrepare == accepted else { return }
    for commit in committed.commits where commit.replica != id {
      log.slots[place].add(commit, in: settings)
    }
    log.slots[place].announced = .committed
  }

  /// A request inside an accepted PRE-PREPARE is a request received; those that only waited are forgotten,
  /// and their clients ask again (§4.1).
  private mutating func resumeWaiting() {
    for slot in log.used where slot.sequence > lastExecuted {
      for request in slot.batch?.requests ?? [] {
        takeIn(request)
        if isPrimary, let index = waiting.firstIndex(where: { $0.request == request }) {
          waiting[index].isAssigned = true
        }
      }
    }
  }
}

extension StableStorage {
  /// What a replica has told others, read off its memory at a crash, that this disk does not back.
  public func forgotten(by replica: Replica) -> [Finding] {
    var findings: [Finding] = []
    if view < replica.view || (view == replica.view && isActive && !replica.isActive) {
      findings.append(
        .refused(
          replica.isActive ? .durableNewView : .durableView,
          Values(.view, replica.view.number, .ownView, view.number)))
    } else if view == replica.view, !isActive, replica.isActive {
      findings.append(
        .refused(.durableNewView, Values(.view, replica.view.number, .ownView, view.number)))
    }
    for slot in replica.log.used { findings += forgotten(slot, by: replica) }
    for own in replica.ownCheckpoints where !checkpoints.contains(own) {
      findings.append(.refused(.durableCheckpoint, Values(.n, own.sequence.number)))
    }
    var executed = checkpoints.last?.sequence ?? .zero
    while self[executed.next]?.committed != nil, executed.next > executed {
      executed = executed.next
    }
    if executed < replica.lastExecuted {
      findings.append(
        .refused(
          .durableExecuted,
          Values(.n, executed.number, .executed, replica.lastExecuted.number)))
    }
    return findings
  }

  private func forgotten(_ slot: Slot, by replica: Replica) -> [Finding] {
    var findings: [Finding] = []
    let entry = self[slot.sequence]
    let values = Values(.n, slot.sequence.number, .view, replica.view.number)
    if let accepted = slot.prePrepare,
      accepted.replica == replica.id || slot.prepares.contains(where: { $0.replica == replica.id }),
      entry?.accepted != accepted
    {
      findings.append(.refused(.durablePrePrepared, values))
    }
    if let commit = slot.commits.first(where: { $0.replica == replica.id }),
      entry?.prepared?.view != commit.view || entry?.prepared?.digest != commit.digest
    {
      findings.append(.refused(.durablePrepared, values))
    } else if let proof = slot.certificate, entry?.prepared?.view ?? View(-1) < proof.view {
      findings.append(
        .refused(
          .durablePrepared, Values(.n, slot.sequence.number, .view, proof.view.number)))
    }
    return findings
  }
}

extension Replica {
  /// Writes to the disk what the next message depends on, where a disk is kept.
  @inline(__always)
  func write(
    _ rule: Rule, _ record: @autoclosure () -> StableRecord?, _ effects: inout [Effect]
  ) {
    guard tells.contains(.writes), !isOff(rule), let record = record() else { return }
    effects.append(.write(record))
  }

  /// A fault of its memory: a value of the service changes by itself.
  public mutating func corruptState() {
    let key = state.store.entries.first?.key ?? "bogus"
    _ = state.store.execute(.append(key: key, value: "?"))
  }
}
