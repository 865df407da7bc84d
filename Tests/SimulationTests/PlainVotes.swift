import PBFT
import Simulation

/// The lamps worked out once more from nothing but what has happened: what was received and sent, the views entered, and
/// what is on its way.
struct PlainVotes {
  /// One vote at one recipient.
  private struct Held {
    let kind: Message.Kind
    let sender: Principal
    let n: SequenceNumber
    let digest: Digest
  }

  private struct Recipient {
    var view = View(0)
    var low = SequenceNumber.zero
    var held: [Held] = []
    var accepted: [SequenceNumber: Digest] = [:]
    var later: [Message] = []
    var hasRestarted = false
  }

  private struct Copy {
    var message: Message
    let to: Principal
    var arrives: Instant?
  }

  private var recipients: [Recipient]
  private var copies: [Int: Copy] = [:]
  private var strays: [(message: Message, to: Principal, state: Lamp.State)] = []
  private let settings: Settings

  init(_ world: World) {
    settings = world.settings
    recipients = world.replicas.map { _ in Recipient() }
  }

  /// Whether what a replica holds follows from what has happened alone: its disk is not told of.
  func isPlain(_ replica: ReplicaID) -> Bool { !recipients[replica.index].hasRestarted }

  mutating func take(_ happenings: [Happening]) {
    for happening in happenings { take(happening.kind, happening.time) }
  }

  private mutating func take(_ kind: Happening.Kind, _ time: Instant) {
    switch kind {
    case .send(let id, let message, let from, let to, let arrives):
      copies[id] = Copy(message: message, to: to, arrives: arrives)
      if case .replica(let replica) = from, message.author == from { hold(message, at: replica) }
    case .duplicate(let id, _, let message, _, let to, let arrives):
      copies[id] = Copy(message: message, to: to, arrives: arrives)
    case .hold(let id, _, _, _): copies[id]?.arrives = nil
    case .release(let id, _, _, _, let arrives): copies[id]?.arrives = arrives
    case .alter(let id, let message, _, _, _): copies[id]?.message = message
    case .drop(let id, let message, _, let to, let loss):
      copies[id] = nil
      strays.append((message, to, .lost(loss, at: time)))
    case .receive(let id, let message, _, let to, let finding):
      copies[id] = nil
      judge(message, to, finding, time)
    case .judgedLater(let replica, let message, let finding):
      judge(message, .replica(replica), finding, time)
    case .view(let replica, let view, true, let selection):
      enter(view, selection, replica)
    case .stable(let replica, _, _, let low, _): recipients[replica.index].low = low
    case .restart(let replica): recipients[replica.index].hasRestarted = true
    default: break
    }
  }

  private mutating func judge(
    _ message: Message, _ to: Principal, _ finding: Finding, _ time: Instant
  ) {
    if finding.verdict == .refused { strays.append((message, to, .refused(finding, at: time))) }
    guard case .replica(let replica) = to, finding.verdict != .refused else { return }
    if finding.rule == .higherViewKept {
      recipients[replica.index].later.append(message)
    } else {
      hold(message, at: replica)
    }
  }

  private mutating func hold(_ message: Message, at replica: ReplicaID) {
    guard let n = message.sequence, let digest = message.digest,
      [.prePrepare, .prepare, .commit].contains(message.kind),
      message.view == recipients[replica.index].view
    else { return }
    let known = recipients[replica.index].held.contains {
      $0.kind == message.kind && $0.sender == message.author && $0.n == n
    }
    if known { return }
    recipients[replica.index].held.append(
      Held(kind: message.kind, sender: message.author, n: n, digest: digest))
    if message.kind == .prePrepare { recipients[replica.index].accepted[n] = digest }
  }

  private mutating func enter(_ view: View, _ selection: Selection?, _ replica: ReplicaID) {
    recipients[replica.index].view = view
    recipients[replica.index].held = []
    recipients[replica.index].accepted = [:]
    recipients[replica.index].later.removeAll { $0.view ?? view <= view }
    for row in selection?.rows ?? [] {
      recipients[replica.index].accepted[row.sequence] = row.digest
      recipients[replica.index].held.append(
        Held(
          kind: .prePrepare, sender: .replica(settings.primary(of: view)), n: row.sequence,
          digest: row.digest))
    }
  }

  /// Whether a lamp says what has happened; if not, what is wrong with it.
  func complaint(about lamp: Lamp, _ n: SequenceNumber, at replica: ReplicaID) -> String? {
    let own = recipients[replica.index]
    let sender = Principal.replica(lamp.sender)
    let primary = settings.primary(of: own.view)
    let isExpected =
      lamp.kind == .commit || (lamp.kind == .prePrepare) == (lamp.sender == primary)
    if n <= own.low {
      return lamp.state == (isExpected ? .discarded : .unexpected) ? nil : "below h: \(lamp.state)"
    }
    let vote = own.held.first { $0.kind == lamp.kind && $0.sender == sender && $0.n == n }
    if let vote {
      guard lamp.digest == vote.digest else { return "holds another digest" }
      switch lamp.state {
      case .counts(1): return own.accepted[n] == vote.digest ? nil : "counts, and should not"
      case .withoutRequests: return lamp.kind == .prePrepare ? nil : "a vote without requests"
      case .early: return own.accepted[n] == nil ? nil : "early, though there is a proposal"
      case .otherDigest:
        return own.accepted[n].map { $0 != vote.digest } == true ? nil : "counts for the proposal"
      default: return "holds it, and says \(lamp.state)"
      }
    }
    if own.later.contains(where: {
      $0.kind == lamp.kind && $0.author == sender && $0.sequence == n
    }) {
      return lamp.state == .later ? nil : "kept for later, and says \(lamp.state)"
    }
    func fits(_ message: Message, _ to: Principal) -> Bool {
      message.kind == lamp.kind && message.author == sender && to == .replica(replica)
        && message.sequence == n && (message.view ?? own.view) >= own.view
    }
    let travelling = copies.filter { fits($0.value.message, $0.value.to) }
    if !travelling.isEmpty {
      guard case .travelling(let id, let arrives) = lamp.state else {
        return "on its way, and says \(lamp.state)"
      }
      return travelling[id]?.arrives == arrives && travelling[id] != nil
        ? nil : "#\(id) does not travel so"
    }
    if let stray = strays.last(where: { fits($0.message, $0.to) }) {
      return lamp.state == stray.state ? nil : "was \(stray.state), and says \(lamp.state)"
    }
    switch lamp.state {
    case .absent: return isExpected ? nil : "nobody expects it"
    case .unexpected: return isExpected ? "it is expected" : nil
    default: return "nothing has come, and it says \(lamp.state)"
    }
  }
}
