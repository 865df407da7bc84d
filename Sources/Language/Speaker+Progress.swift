internal import PBFT
public import Simulation

/// Reasons in sentences: why a request waits, why a number has not come further.
extension Speaker {
  /// Why a request waits, in one line: each link of the chain with the command that helps.
  public func sentence(_ waiting: Waiting) -> String {
    "\(waiting.request) waits: \(sentence(waiting.reason))"
  }

  /// A chain in one line.
  public func sentence(_ reason: Reason) -> String {
    clauses(of: reason, under: nil).map(\.text).joined(separator: "; ")
  }

  /// The first link of a chain, with the first command that helps anywhere in it.
  public func head(_ reason: Reason, withRemedy: Bool = true) -> String {
    let head = clauses(of: Reason(reason.fact), under: nil).map(\.text).joined()
    let remedy = withRemedy ? reason.remedies.first(where: Self.isWorthSaying) : nil
    return head + (remedy.map { " (`\($0.text)`)" } ?? "")
  }

  /// A chain as lines, each cause further in than what it causes.
  public func lines(_ reason: Reason) -> [String] {
    clauses(of: reason, under: nil).map { String(repeating: "  ", count: $0.depth) + $0.text }
  }

  private func clauses(
    of reason: Reason, under parent: Reason.Fact?, depth: Int = 0
  ) -> [(text: String, depth: Int)] {
    // That a replica has not come so far goes without saying where its votes are counted next.
    if case .notYet(let replica, _, _) = reason.fact, reason.causes.count == 1,
      case .votes(_, _, replica, _, _) = reason.causes[0].fact
    {
      return clauses(of: reason.causes[0], under: parent, depth: depth)
    }
    var text = clause(reason.fact, under: parent)
    if let remedy = reason.remedy, Self.isWorthSaying(remedy) { text += " (`\(remedy.text)`)" }
    var found = [(text, depth)]
    for cause in reason.causes {
      for clause in clauses(of: cause, under: reason.fact, depth: depth + 1)
      where !found.contains(where: { $0.0 == clause.text }) {
        found.append((clause.text, clause.depth))
      }
    }
    return found.map { (text: $0.0, depth: $0.1) }
  }

  /// Time passes whether it is said or not.
  private static func isWorthSaying(_ remedy: Command) -> Bool {
    if case .run = remedy { false } else { true }
  }

  private func clause(_ fact: Reason.Fact, under parent: Reason.Fact?) -> String {
    switch fact {
    case .replies(let client, let have, let need):
      "\(client) has \(have) of \(need) replies"
    case .requestMissing(let request, let primary, let view):
      "\(primary) is primary of view \(view.number) and has not received \(request)"
    case .primary(let primary, let view, let trouble):
      "\(primary) is primary of view \(view.number) and \(self.trouble(trouble))"
    case .nobodySuspects(let replicas):
      "no timer runs: \(Self.list(replicas)) \(replicas.count == 1 ? "has" : "have") not received it"
    case .message(let kind, let from, let to, let fate):
      clause(kind, from, to, fate, under: parent)
    case .down(let replica): "\(replica) is crashed"
    case .misbehaves(let replica, let misbehaviour): "\(replica) \(verb(misbehaviour))"
    case .timer(let owner, let name, let due):
      "\(owner)'s \(name.word) timer fires at \(Self.seconds(due))"
    case .noTimer(let owner, let name, let why): idle(owner, name, why)
    case .nothingRequested: "no request waits for it"
    case .next(let due): "the next event is at \(Self.seconds(due))"
    case .viewChanges, .notAsked, .elsewhere, .awaitsNewView, .fewActive: view(fact)
    default: number(fact)
    }
  }

  private func number(_ fact: Reason.Fact) -> String {
    switch fact {
    case .votes(let kind, let n, let replica, let have, let need):
      "\(replica) holds \(have) of \(need) \(kind.rawValue)s for \(n)"
    case .notYet(let replica, let milestone, let n):
      "\(replica) has not \(milestone.word) \(n)"
    case .votedOtherwise(let replica, let n): "\(replica) has accepted another request at \(n)"
    case .notProposed(let primary, let view, let n):
      "\(primary) is primary of view \(view.number) and has proposed nothing at \(n)"
    case .requestsUnknown(let replica, let n):
      "\(replica) knows the requests of \(n) by their digest only and fetches them"
    case .waitsForLower(let replica, let n, let lower):
      lower < n
        ? "\(n) is committed at \(replica) and waits for \(lower)"
        : "\(n) is committed at \(replica)"
    case .windowFull(let replica, let n, let high):
      "\(n) is above H = \(high.number) of \(replica)"
    case .flowControl(let primary, let n, let executed, let window):
      "\(primary) may not propose \(n) yet: last executed \(executed.number) + W = \(window)"
    case .transfer(let replica, let n, let source, let attempt):
      "\(replica) fetches the state of \(n) from \(source), attempt \(attempt)"
    default: ""
    }
  }

  private func view(_ fact: Reason.Fact) -> String {
    switch fact {
    case .viewChanges(let replica, let view, let isPrimary, let have, let need):
      (isPrimary ? "\(replica) is primary of view \(view.number) and" : "\(replica)")
        + " holds \(have) of \(need) VIEW-CHANGEs" + (isPrimary ? "" : " for view \(view.number)")
    case .notAsked(let replica, let view): "\(replica) has not asked for view \(view.number)"
    case .elsewhere(let replica, let view, let isActive): whereabouts(replica, view, isActive)
    case .awaitsNewView(let replica, let view, let primary):
      "\(replica) waits for \(primary)'s NEW-VIEW of view \(view.number)"
    case .fewActive(let view, let have, let need):
      "\(have) of \(need) replicas work in view \(view.number)"
    default: ""
    }
  }

  private func whereabouts(_ replica: ReplicaID, _ view: View, _ isActive: Bool) -> String {
    "\(replica) is \(isActive ? "in" : "changing to") view \(view.number)"
  }

  private func trouble(_ trouble: Reason.Trouble) -> String {
    switch trouble {
    case .crashed: "is crashed"
    case .misbehaves(let misbehaviour): verb(misbehaviour)
    case .elsewhere(let view, let isActive):
      "is \(isActive ? "in" : "changing to") view \(view.number)"
    }
  }

  private func idle(_ owner: Principal, _ name: TimerName, _ why: Reason.Idleness) -> String {
    let timer = "\(owner)'s \(name.word) timer does not run"
    return switch why {
    case .isPrimary: "\(timer): a primary waits for nobody"
    case .nothingWaits: "\(timer): no request waits there"
    case .transfers: "\(timer): it fetches a state"
    case .fewViewChanges: "\(timer): it starts with 2f + 1 = \(cluster.quorum) VIEW-CHANGEs"
    case .unaware: "\(timer): \(owner) misses nothing that it knows of"
    }
  }

  /// A message that is missed: `R2's` where what is missed has been said.
  private func clause(
    _ kind: Message.Kind, _ from: Principal, _ to: Principal, _ fate: Reason.Fate,
    under parent: Reason.Fact?
  ) -> String {
    let what =
      Self.isSaid(kind, by: parent) ? "\(from)'s" : "\(kind.rawValue) from \(from) to \(to)"
    return switch fate {
    case .inFlight(let id, let due): "\(what) arrives as #\(id) at \(Self.seconds(due))"
    case .held(let id): "\(what) is held as #\(id)"
    case .heldOnLink: "\(what) is held on link \(from)>\(to)"
    case .cut: "\(what) is lost on link \(from)>\(to), which is cut"
    case .lossy(let percent): "\(what) is lost on link \(from)>\(to), which loses \(percent)%"
    case .lost: "\(what) is lost"
    case .refused(let finding): "\(what) is refused: \(sentence(finding))"
    }
  }

  private static func isSaid(_ kind: Message.Kind, by parent: Reason.Fact?) -> Bool {
    switch parent {
    case .votes(kind, _, _, _, _): true
    case .viewChanges: kind == .viewChange
    case .awaitsNewView: kind == .newView
    case .replies: kind == .reply
    default: false
    }
  }
}
