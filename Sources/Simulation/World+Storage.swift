internal import PBFT

/// Disks: what replicas write, and starting again with what is left.
extension World {
  /// A replica writes a record to its disk, before anything leaves that depends on it.
  mutating func write(
    _ record: StableRecord, by replica: ReplicaID, _ happenings: inout [Happening]
  ) {
    guard observation.contains(.storage) else { return }
    disks[replica.index].write(record)
    happened(.write(replica, record), &happenings)
  }

  /// A crashed replica starts again from its disk.
  mutating func restart(_ replica: ReplicaID, _ happenings: inout [Happening]) {
    crashed[replica.index] = false
    happened(.restart(replica), &happenings)
    if observation.contains(.storage) { restore(replica, &happenings) }
    resume(replica, &happenings)
  }

  /// A crashed replica starts again with an empty disk: nothing holds it to what it said before.
  mutating func restartEmpty(_ replica: ReplicaID, _ happenings: inout [Happening]) {
    judge.condemn(replica)
    crashed[replica.index] = false
    disks[replica.index] = StableStorage()
    happened(.fault(.restartEmpty(replica)), &happenings)
    restore(replica, &happenings)
    resume(replica, &happenings)
  }

  /// What it said before the crash is remembered by those who judge it, and by its disk; what the disk does
  /// not back is named.
  private mutating func restore(_ replica: ReplicaID, _ happenings: inout [Happening]) {
    let crashed = replicas[replica.index]
    let disk = disks[replica.index]
    for finding in disk.forgotten(by: crashed) {
      refusedRules[replica.index].insert(finding.rule)
      happened(.rule(.replica(replica), finding), &happenings)
    }
    judge.remember(crashed)
    replicas[replica.index] = Replica(
      restoring: disk, as: replica, settings: settings, signer: crashed.signer,
      telling: observation.tells)
  }

  private mutating func resume(_ replica: ReplicaID, _ happenings: inout [Happening]) {
    var effects = takeScratch()
    replicas[replica.index].step(.restart, into: &effects)
    carryOut(&effects, of: .replica(replica), &happenings)
  }

  /// A value in a replica's memory changes by itself.
  mutating func corruptState(of replica: ReplicaID, _ happenings: inout [Happening]) {
    judge.condemn(replica)
    happened(.fault(.corruptState(replica)), &happenings)
    replicas[replica.index].corruptState()
  }

  /// A correct replica that has restarted says something: it must not contradict what it said before.
  @inline(__always)
  mutating func judgeWord(
    _ message: Message, of owner: Principal, _ happenings: inout [Happening]
  ) {
    guard judge.hasRestarted(owner), observation.contains(.invariants) else { return }
    for violation in judge.said(message, by: owner) { happened(.violation(violation), &happenings) }
  }
}
