internal import PBFT

/// Folds over the happenings as they come and says when an invariant does not hold.
///
/// It speaks of correct replicas only; a replica that misbehaves once is left out for good, with all that
/// it said before.
struct Judge: Equatable, Sendable {
  let settings: Settings
  var cluster: Cluster { settings.cluster }
  var chronicle: Chronicle
  /// What each client has asked for, and what became of it.
  var ledgers: [Ledger]
  /// Bit i: client i is, or was, faulty.
  private(set) var faultyClients: UInt64 = 0
  private(set) var violations: [Violation] = []
  /// Bit i: replica i is, or was, faulty.
  private(set) var faulty: UInt16 = 0
  /// Every O that a correct replica entered a view with, in order of the entering.
  private var selections: [Entered] = []
  /// What each replica that has restarted had said before; empty while none has.
  var promises: [Promises?] = []

  private struct Entered: Equatable {
    let view: View
    let selection: Selection
  }

  init(settings: Settings, clients: Int, forgetful: Bool) {
    self.settings = settings
    ledgers = Array(repeating: Ledger(), count: clients)
    chronicle = Chronicle(forgetful: forgetful)
  }

  mutating func condemn(_ replica: ReplicaID) { faulty |= 1 << UInt16(replica.index) }

  func isFaulty(_ replica: ReplicaID) -> Bool { faulty & (1 << UInt16(replica.index)) != 0 }

  /// A client that misbehaves may sign what it has never sent as a request, and accept what it likes.
  mutating func condemn(_ client: ClientID) { faultyClients |= 1 << UInt64(client.index) }

  func isFaulty(_ client: ClientID) -> Bool { faultyClients & (1 << UInt64(client.index)) != 0 }

  mutating func forget(upTo n: Int) {
    let before = chronicle.forgotten
    chronicle.forget(upTo: n)
    guard chronicle.forgotten > before else { return }
    for index in ledgers.indices { ledgers[index].forget(upTo: chronicle.forgotten) }
  }

  /// A replica reached a phase.
  ///
  /// Returns the violations that follow.
  mutating func reached(
    _ phase: Phase, _ view: View, _ n: SequenceNumber, _ digest: Digest, _ replica: ReplicaID
  ) -> [Violation] {
    let bit = UInt16(1) << UInt16(replica.index)
    guard let place = chronicle.place(of: n.number) else { return [] }
    let index = chronicle[place].agreement(view, digest)
    switch phase {
    case .empty: break
    case .prePrepared: chronicle[place].agreements[index].reached.prePrepared |= bit
    case .prepared: chronicle[place].agreements[index].reached.prepared |= bit
    case .committed: chronicle[place].agreements[index].reached.committed |= bit
    }
    guard phase >= .prepared, faulty & bit == 0 else { return [] }
    let own = chronicle[place].agreements[index]
    var found: [Violation] = []
    if phase == .prepared {
      // I1: no two correct replicas have different requests prepared in one view at one number.
      for other in chronicle[place].agreements
      where other.view == view && other.digest != digest {
        if let witness = replicas(other.reached.prepared & ~faulty).first {
          report(
            Violation(
              .preparedUnique, n, view,
              [.init(replica, digest), .init(witness, other.digest)]), &found)
        }
      }
      // I3, from the side of the request: a view entered already must have taken it over.
      if isCommitted(own) {
        for entered in selections where entered.view > view {
          check(own, at: n, in: entered.selection, entered.view, &found)
        }
      }
    } else {
      // I2: committed-local at one correct replica means prepared at f + 1 correct ones.
      if !isCommitted(own) {
        report(
          Violation(
            .committedMeansPrepared, n, view,
            [.init(replica, digest)]
              + replicas(own.reached.prepared & ~faulty & ~bit).map { .init($0, digest) }), &found)
      }
    }
    return found
  }

  /// committed(m, v, n): prepared at f + 1 correct replicas (§4.2).
  private func isCommitted(_ agreement: Chronicle.Agreement) -> Bool {
    (agreement.reached.prepared & ~faulty).nonzeroBitCount >= cluster.weak
  }

  /// A correct replica executed a batch.
  mutating func executed(
    _ n: SequenceNumber, _ digest: Digest, _ replica: ReplicaID
  ) -> [Violation] {
    let bit = UInt16(1) << UInt16(replica.index)
    guard let place = chronicle.place(of: n.number) else { return [] }
    let index = chronicle[place].execution(digest)
    chronicle[place].executions[index].replicas |= bit
    guard faulty & bit == 0, chronicle[place].executions.count > 1 else { return [] }
    var found: [Violation] = []
    for other in chronicle[place].executions where other.digest != digest {
      if let witness = replicas(other.replicas & ~faulty).first {
        report(
          Violation(
            .agreement, n, View(0), [.init(replica, digest), .init(witness, other.digest)]),
          &found)
      }
    }
    return found
  }

  /// A correct replica entered a view with this O.
  mutating func entered(
    _ view: View, _ selection: Selection, _ replica: ReplicaID
  ) -> [Violation] {
    guard !isFaulty(replica) else { return [] }
    let entered = Entered(view: view, selection: selection)
    if selections.contains(entered) { return [] }
    selections.append(entered)
    // I3: what was committed in an earlier view above min-s is in O at its number.
    var found: [Violation] = []
    let known = min(max(selection.minS.number, chronicle.forgotten), chronicle.last)
    for n in known..<chronicle.last {
      let n = n + 1
      for agreement in chronicle.record(of: n)?.agreements ?? []
      where agreement.view < view && isCommitted(agreement) {
        check(agreement, at: SequenceNumber(n), in: selection, view, &found)
      }
    }
    return found
  }

  private mutating func check(
    _ agreement: Chronicle.Agreement, at n: SequenceNumber, in selection: Selection,
    _ view: View, _ found: inout [Violation]
  ) {
    guard n > selection.minS else { return }
    let carried = selection.rows.first { $0.sequence == n }?.digest
    guard carried != agreement.digest,
      let witness = replicas(agreement.reached.prepared & ~faulty).first
    else { return }
    report(
      Violation(
        .committedSurvives, n, view,
        [.init(witness, agreement.digest), .init(settings.primary(of: view), carried)]), &found)
  }

  /// Each invariant is reported once for a number, or for a request.
  mutating func report(_ violation: Violation, _ found: inout [Violation]) {
    let isKnown = violations.contains {
      $0.invariant == violation.invariant && $0.sequence == violation.sequence
        && $0.request == violation.request
    }
    guard !isKnown else { return }
    violations.append(violation)
    found.append(violation)
  }

  func replicas(_ mask: UInt16) -> [ReplicaID] {
    cluster.replicas.filter { mask & (1 << UInt16($0.index)) != 0 }
  }
}
