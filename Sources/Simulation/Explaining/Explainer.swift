internal import PBFT

/// Finds reasons in one world.
///
/// It asks of what is missing who should have sent it, what became of it, and why it was not sent. Each
/// question is answered once in a chain, so that chains end.
struct Explainer {
  let world: World
  let inFlight: [Envelope]
  let alarms: [Alarm]
  var asked: Set<Question> = []
  /// The request whose waiting is explained, if it is one.
  var request: Request?

  /// What has been explained already.
  enum Question: Hashable {
    case milestone(Milestone, SequenceNumber, ReplicaID)
    case checkpoint(ReplicaID)
    case view(View)
    case inactive(ReplicaID)
    case viewChanges(ReplicaID)
  }

  init(_ world: World) {
    self.world = world
    inFlight = world.inFlight
    alarms = world.alarms
  }

  var cluster: Cluster { world.cluster }

  func replica(_ id: ReplicaID) -> Replica { world.replicas[id.index] }

  /// The replicas that are not down.
  var running: [Replica] { world.replicas.filter { !world.isCrashed($0.id) } }

  // MARK: Messages

  /// What became of a message that a principal has sent, or would have.
  ///
  /// Where it has not been sent, and its sender is neither down nor misbehaves, `unsent` says why.
  mutating func missing(
    _ kind: Message.Kind, from: Principal, to: Principal, isSent: Bool, _ message: Message? = nil,
    where fits: (Message) -> Bool, unsent: (inout Self) -> Reason
  ) -> Reason {
    let copy = inFlight.first {
      $0.to == to && $0.message.kind == kind && $0.message.author == from && fits($0.message)
    }
    if let copy { return travelling(copy) }
    if case .replica(let sender) = from {
      if world.isCrashed(sender) { return down(sender) }
      if let misbehaviour = world.misbehaviour(of: sender)?.order {
        return Reason(.misbehaves(sender, misbehaviour), remedy: .honest(sender))
      }
    }
    guard isSent else { return unsent(&self) }
    if let fault = fault(kind, from, to) { return fault }
    if let message, let finding = refusal(of: message, from, to) {
      return Reason(.message(kind, from: from, to: to, .refused(finding)), [repair(to, from)])
    }
    return Reason(.message(kind, from: from, to: to, .lost), [repair(to, from)])
  }

  func down(_ replica: ReplicaID) -> Reason {
    Reason(.down(replica), remedy: .restart(replica))
  }

  /// A copy on its way.
  func travelling(_ copy: Envelope) -> Reason {
    let link = LinkPattern(from: copy.from, to: copy.to)
    func told(_ fate: Reason.Fate, _ remedy: Command) -> Reason {
      Reason(
        .message(copy.message.kind, from: copy.message.author, to: copy.to, fate), remedy: remedy)
    }
    if let due = copy.due { return told(.inFlight(id: copy.id, arrives: due), run(until: due)) }
    return copy.heldByLink
      ? Reason(
        .message(copy.message.kind, from: copy.from, to: copy.to, .heldOnLink(id: copy.id)),
        remedy: .heal(link))
      : told(.held(id: copy.id), .release(.number(copy.id)))
  }

  /// What a link does to such a message now, or nil where it lets it through.
  func fault(_ kind: Message.Kind, _ from: Principal, _ to: Principal) -> Reason? {
    let link = world.links[from, to]
    let fate: Reason.Fate
    if link.isCut {
      fate = .cut
    } else if link.lossPercent > 0 {
      fate = .lossy(percent: link.lossPercent)
    } else {
      return nil
    }
    return Reason(
      .message(kind, from: from, to: to, fate), remedy: .heal(LinkPattern(from: from, to: to)))
  }

  /// What the recipient would say against the message, found out by giving it to a copy.
  private func refusal(of message: Message, _ from: Principal, _ to: Principal) -> Finding? {
    guard case .replica(let recipient) = to else { return nil }
    var copy = replica(recipient)
    var effects: [Effect] = []
    let finding = copy.receive(message, over: from, into: &effects)
    return finding.verdict == .refused ? finding : nil
  }

  /// How a loss is repaired: its recipient asks again, or is asked to.
  func repair(_ asker: Principal, _ asked: Principal) -> Reason {
    let name: TimerName = if case .client = asker { .retry } else { .resend }
    let kind: Message.Kind = if case .client = asker { .request } else { .status }
    if case .replica(let replica) = asker, world.isCrashed(replica) { return down(replica) }
    if let fault = fault(kind, asker, asked) { return fault }
    if let held = inFlight.first(where: {
      $0.from == asker && $0.to == asked && $0.message.kind == kind
    }) {
      return travelling(held)
    }
    return timer(asker, name)
      ?? Reason(.noTimer(asker, name, .unaware), remedy: .fire(asker, name))
  }

  // MARK: Timers

  func timer(_ owner: Principal, _ name: TimerName) -> Reason? {
    guard let alarm = alarms.first(where: { $0.owner == owner && $0.name == name }) else {
      return nil
    }
    return Reason(.timer(owner, name, due: alarm.due), remedy: run(until: alarm.due))
  }

  func run(until instant: Instant) -> Command {
    .run(Duration(microseconds: max(0, instant.microseconds - world.now.microseconds)))
  }

  /// Why a replica's view-change timer does not run, or when it fires.
  mutating func suspicion(of id: ReplicaID) -> Reason {
    let owner = Principal.replica(id)
    let own = replica(id)
    if world.isCrashed(id) { return down(id) }
    if let timer = timer(owner, .viewChange) { return timer }
    let why: Reason.Idleness =
      !own.isActive
      ? .fewViewChanges
      : own.transfer != nil ? .transfers : own.isPrimary ? .isPrimary : .nothingWaits
    if why == .fewViewChanges {
      // Its own VIEW-CHANGE goes out again; a timer by hand would only carry it further away.
      let again =
        timer(owner, .resend)
        ?? Reason(.noTimer(owner, .resend, .unaware), remedy: .fire(owner, .resend))
      return Reason(.noTimer(owner, .viewChange, why), whyFewViewChanges(own) + [again])
    }
    return Reason(
      .noTimer(owner, .viewChange, why), remedy: .fire(owner, .viewChange),
      why == .nothingWaits ? request.map { arrival(of: $0, at: id) } ?? [] : [])
  }

  /// Where a request is that a replica has not received: on its way, on a link that loses it, or yet to be
  /// sent to all (§4.1).
  func arrival(of request: Request, at id: ReplicaID) -> [Reason] {
    let (client, to) = (Principal.client(request.client), Principal.replica(id))
    if let copy = inFlight.first(where: { $0.to == to && $0.message == .request(request) }) {
      return [travelling(copy)]
    }
    let timer = timer(client, .retry).map { [$0] } ?? []
    return (fault(.request, client, to).map { [$0] } ?? []) + timer
  }

  /// A chain that has nothing changeable at its end gets what happens next there.
  func completed(_ reason: Reason) -> Reason {
    guard reason.remedies.isEmpty else { return reason }
    if let due = world.next?.due {
      let next = Reason(.next(due), remedy: run(until: due))
      return Reason(reason.fact, remedy: reason.remedy, reason.causes + [next])
    }
    let asker = running.first?.id ?? ReplicaID(0)
    return Reason(
      reason.fact, remedy: reason.remedy,
      reason.causes + [
        world.isCrashed(asker)
          ? down(asker)
          : Reason(
            .noTimer(.replica(asker), .resend, .unaware),
            remedy: .fire(.replica(asker), .resend))
      ])
  }
}
