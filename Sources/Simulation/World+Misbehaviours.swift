internal import PBFT

/// Replicas that misbehave: what they are told to do, and what leaves them then.
extension World {
  /// Whether it misbehaves now.
  @inline(__always)
  func misbehaves(_ replica: ReplicaID) -> Bool {
    villains & (1 << UInt16(replica.index)) != 0
  }

  /// Gives a replica one misbehaviour more.
  ///
  /// Who is silent does nothing else, and there is one equivocation at a time; of most other kinds too, the
  /// later order takes the place of the earlier.
  mutating func corrupt(_ replica: ReplicaID, _ order: Misbehaviour.Order) {
    let one = replica.index
    villains |= 1 << UInt16(one)
    misbehaviours[one].removeAll { old in
      switch (order, old.order) {
      case (.silence, _), (_, .silence), (.equivocation, .equivocation): true
      case (.misconduct(let new), .misconduct(let old)):
        new.kind == old.kind && (!new.kind.adds || new.parameter == old.parameter)
      default: false
      }
    }
    misbehaviours[one].append(Misbehaviour(order))
  }

  /// It misbehaves no longer.
  mutating func reform(_ replica: ReplicaID) {
    villains &= ~(1 << UInt16(replica.index))
    misbehaviours[replica.index] = []
  }

  /// A message leaves a faulty replica past each of its adversaries in turn, but for the one that wrote it.
  mutating func betray(
    _ message: Message, of replica: ReplicaID, to: Principal, author: Int?,
    _ happenings: inout [Happening]
  ) {
    let one = replica.index
    var leaving = [Outgoing(message)]
    for index in misbehaviours[one].indices where index != author {
      var next: [Outgoing] = []
      for outgoing in leaving {
        for later in misbehaviours[one][index].outgoing(
          outgoing.message, to: to, from: acting(replica), at: now)
        {
          let delay = outgoing.delay.microseconds + later.delay.microseconds
          next.append(Outgoing(later.message, after: Duration(microseconds: delay)))
        }
      }
      leaving = next
    }
    let from = Principal.replica(replica)
    for outgoing in leaving {
      transmit(outgoing.message, from: from, to: to, after: outgoing.delay, &happenings)
    }
    if leaving.isEmpty {
      lastMessageID += 1
      let id = lastMessageID
      happened(.drop(id: id, message, from: from, to: to, .withheld), &happenings)
    }
  }

  /// What the adversaries in a replica add after it has taken a step.
  mutating func sendOwnMessages(of replica: ReplicaID, _ happenings: inout [Happening]) {
    let one = replica.index
    for index in misbehaviours[one].indices {
      for (message, to) in misbehaviours[one][index].ownMessages(of: replicas[one], at: now) {
        betray(message, of: replica, to: to, author: index, &happenings)
      }
    }
  }

  /// What they answer to a message.
  mutating func answerAsVillain(
    to message: Message, _ replica: ReplicaID, _ happenings: inout [Happening]
  ) {
    let one = replica.index
    for index in misbehaviours[one].indices {
      for (answer, to) in misbehaviours[one][index].answers(to: message, at: replicas[one]) {
        betray(answer, of: replica, to: to, author: index, &happenings)
      }
    }
  }
}
