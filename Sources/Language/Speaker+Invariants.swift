internal import PBFT
public import Simulation

/// What the judge finds, in sentences with the values that show it.
extension Speaker {
  /// An invariant that does not hold, as a sentence with its witnesses.
  public func sentence(_ violation: Violation) -> String {
    let what = sentence(violation.invariant)
    let n = violation.sequence
    let request = violation.request.map(\.description) ?? "a request"
    let first = violation.witnesses.first
    switch violation.invariant {
    case .preparedUnique, .committedMeansPrepared, .committedSurvives, .agreement:
      let witnesses = violation.witnesses.map { witness in
        "\(witness.replica) \(witness.digest.map(name(of:)) ?? "nothing")"
      }
      return "\(what), at \(n) in \(violation.view): \(Self.list(witnesses))"
    case .restartConsistent:
      return "\(what), at \(n) in \(violation.view): \(contradiction(violation))"
    case .checkpointsEqual:
      let witnesses = violation.witnesses.map { witness in
        "\(witness.replica) \(witness.digest.map(name(of:)) ?? "nothing")"
      }
      return "\(what), at \(n): \(Self.list(witnesses))"
    case .oneResult:
      return "\(what), \(request): \(Self.list(violation.witnesses.map(executed)))"
    case .exactlyOnce:
      let replica = first.map(\.replica.description) ?? "a replica"
      let places = violation.witnesses.map { witness in
        "\(witness.sequence ?? n)\(witness.result.map { " with the result \(written($0))" } ?? "")"
      }
      return "\(what): \(replica) executed \(request) at \(Self.list(places))"
    case .onlyRequested:
      let replica = first.map(\.replica.description) ?? "a replica"
      let client = violation.request?.client.description ?? "the client"
      return "\(what): \(replica) executed \(request) at \(n), which \(client) never sent"
    case .withinWindow:
      let replica = first.map(\.replica.description) ?? "a replica"
      let window = violation.window.map { ": h = \($0.low.number), H = \($0.high.number)" } ?? ""
      return "\(what): \(replica) took in \(n)\(window)"
    case .clientAgrees:
      let client = violation.request?.client.description ?? "a client"
      let accepted = violation.accepted.map(written) ?? "a result"
      let agreed =
        violation.witnesses.isEmpty
        ? "no correct replica has executed it"
        : Self.list(violation.witnesses.map(executed))
      return "\(what): \(client) accepted \(accepted) for \(request), but \(agreed)"
    }
  }

  /// `R1 executed it at n2 with the result ab`.
  private func executed(_ witness: Violation.Witness) -> String {
    let place = witness.sequence.map { " at \($0)" } ?? ""
    let result = witness.result.map { " with the result \(written($0))" } ?? ""
    return "\(witness.replica) executed it\(place)\(result)"
  }

  /// The faults against f: `faults 2 of f = 1: the guarantee is void (R0 equivocates, R3 is crashed)`.
  public func sentence(_ guarantee: Guarantee) -> String {
    let count = "faults \(guarantee.count) of f = \(guarantee.tolerated)"
    let whose = guarantee.faults.map(clause).joined(separator: ", ")
    if guarantee.isVoid { return "\(count): the guarantee is void (\(whose))" }
    return guarantee.faults.isEmpty ? count : "\(count): the guarantee holds (\(whose))"
  }

  private func clause(_ fault: Guarantee.Fault) -> String {
    let down = fault.isCrashed ? "is crashed" : nil
    let acts = fault.misbehaviours.map(verb) + (fault.hasTwin ? ["runs as two copies"] : [])
    let past = fault.isForGood && acts.isEmpty ? "has misbehaved" : nil
    let words = acts + [past, down].compactMap { $0 }
    return "\(fault.replica) \(words.joined(separator: " and "))"
  }

  /// What a replica does that was ordered to misbehave, behind its name.
  func verb(_ order: Misbehaviour.Order) -> String {
    switch order {
    case .silence: "is silent"
    case .equivocation: "equivocates"
    case .misconduct(let misconduct): misconduct.kind.title
    }
  }

  /// What is wrong where this invariant does not hold.
  public func sentence(_ invariant: Invariant) -> String {
    let wrong =
      switch invariant {
      case .preparedUnique: "correct replicas prepared different requests in one view"
      case .committedMeansPrepared:
        "committed, but not prepared at f + 1 = \(cluster.weak) correct replicas"
      case .committedSurvives: "a new view lost what was committed"
      case .agreement: "correct replicas executed different requests"
      case .oneResult: "correct replicas have different results for one request"
      case .exactlyOnce: "a correct replica executed a request twice"
      case .onlyRequested: "a correct replica executed what nobody requested"
      case .checkpointsEqual: "correct replicas took different checkpoints"
      case .withinWindow: "a correct replica left its watermarks"
      case .clientAgrees: "a client accepted what correct replicas did not execute"
      case .restartConsistent: "a restarted replica contradicts what it said before"
      }
    return "\(invariant.name) is violated: \(wrong)"
  }
}
