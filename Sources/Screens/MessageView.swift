internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// What the page Message looks at.
public struct MessageView: Hashable, Sendable {
  /// The number of the chosen copy; nil while no message has been sent.
  public internal(set) var id: Int?
  /// The arrows scroll what is told of the copy; else they choose among the copies.
  public internal(set) var isReading = false
  /// What is told of the copy begins so many lines further down.
  public internal(set) var scroll = 0
  /// The message with all its copies, as far as they have come; nil where it has not been sent.
  var sending: Sending?
  /// The step at which it is sent, where that is after the present moment.
  var later: Int?
  /// What the arrival of the chosen copy led to at once.
  var consequences: [Happening] = []
  /// What these were found out for.
  var moment: Known?

  /// A copy at a moment of a line.
  struct Known: Hashable {
    let id: Int
    let branch: Int
    let step: Int
    let end: Int
  }

  /// The chosen copy.
  var copy: SentCopy? { id.flatMap { sending?.copy($0) } }
}

/// What the keys of the page Message do.
public enum MessageAction: Hashable, Sendable {
  /// So many copies down, or up; while one reads, so many lines.
  case move(Int)
  /// To the copy with this number.
  case choose(Int)
  /// From the copies to what is told of one of them, and back.
  case pane
  /// The window of all that can be made of the chosen copy.
  case alter
  /// To a line of that window.
  case chooseAlteration(Int)
}

extension Keys {
  static let messagePage = [
    KeyEntry(
      [.up], "↑", .onMessage(.move(-1)), "copy", "the copy before, then the message sent before",
      in: .messagePage),
    KeyEntry(
      [.down, .character("j")], "↓ j", .onMessage(.move(1)), "copy",
      "the next copy, then the message sent next", in: .messagePage, rank: 2),
    KeyEntry(
      [.enter], "Enter", .onMessage(.alter), "alter",
      "what can be made of the copy on its way; before it is sent: to where it is",
      in: .messagePage, command: "alter #1 n 2", rank: 1),
    KeyEntry(
      [.tab, .backTab], "Tab", .onMessage(.pane), "read",
      "the arrows scroll what is told of the copy, and choose copies again", in: .messagePage,
      rank: 2),
  ]
}

extension Model {
  /// To the page, with this copy, or with the one that is selected.
  mutating func showMessage(_ id: Int?) {
    if page == .message, id == nil {
      notice = Notice(refusal: "this is the page Message")
      return
    }
    if page != .message { pageBefore = page }
    page = .message
    overlay = nil
    inspected = MessageView(id: id ?? selected?.id ?? lastArrived)
    selectInspected()
  }

  /// The copy that arrived last.
  private var lastArrived: Int? {
    for happening in history.recent.reversed().joined() {
      if case .receive(let id, _, _, _, _) = happening.kind.ofEither { return id }
    }
    return world.copiesSent > 0 ? world.copiesSent : nil
  }

  mutating func performOnMessage(_ action: MessageAction) {
    switch action {
    case .move(let distance):
      if inspected.isReading { scrollTold(by: distance) } else { choose(by: distance) }
    case .choose(let id): choose(id)
    case .pane: turnToReading()
    case .alter: beginAltering()
    case .chooseAlteration(let choice):
      guard case .alterations(let id, let chosen) = overlay else { return }
      if choice == chosen {
        carryOutAlteration(id, choice)
      } else {
        overlay = .alterations(message: id, choice: choice)
      }
    }
  }

  private mutating func choose(_ id: Int) {
    (inspected.id, inspected.scroll) = (id, 0)
    selectInspected()
  }

  /// What is told of the copy moves by so many lines.
  mutating func scrollTold(by distance: Int) {
    let most = Scene(self).mostMessageScroll
    let target = min(inspected.scroll, most) + distance
    guard (0...most).contains(target) else {
      let back = inspected.isReading ? "; Tab chooses copies again" : ""
      let end = target < 0 ? "the first" : "the last"
      notice = Notice(
        refusal: (most == 0 ? "all that is told of it is seen" : "this is \(end) line") + back)
      return
    }
    inspected.scroll = target
  }

  private mutating func turnToReading() {
    if inspected.isReading {
      inspected.isReading = false
    } else if inspected.copy == nil {
      notice = Notice(refusal: "there is no message to be read of; n sends a new request")
    } else if Scene(self).mostMessageScroll == 0 {
      notice = Notice(refusal: "all that is told of it is seen; there is nothing to scroll")
    } else {
      inspected.isReading = true
    }
  }

  /// The next copy of the message; beyond the last, the message that was sent next.
  private mutating func choose(by distance: Int) {
    guard let sending = inspected.sending,
      let here = sending.copies.firstIndex(where: { $0.id == inspected.id })
    else {
      // Before what is sent later, there is what has been sent last by now.
      if distance < 0, world.copiesSent > 0 { return choose(world.copiesSent) }
      notice = Notice(
        refusal: distance < 0
          ? "no message has been sent yet; n sends a new request"
          : "no message has been sent after this moment; → goes on")
      return
    }
    if sending.copies.indices.contains(here + distance) {
      return choose(sending.copies[here + distance].id)
    }
    let own = sending.copies.filter { $0.original == nil }.map(\.id)
    guard let first = own.first, let last = own.last else { return }
    // Copies of copies are shown with what they are copies of.
    let others =
      distance > 0
      ? Array((last + 1)..<max(min(last + 17, world.copiesSent + 1), last + 1))
      : Array(max(first - 16, 1)..<max(first, 1)).reversed()
    for id in others {
      if let other = history.sending(of: id), other.copy(id)?.original == nil,
        other.copies.first?.id != first
      {
        return choose(id)
      }
    }
    notice = Notice(
      refusal: distance > 0
        ? "no message has been sent after this one; → goes on"
        : "no message was sent before this one")
  }

  /// The keys that act on a message act on the one that is shown.
  private mutating func selectInspected() {
    guard let id = inspected.id, world.inFlight.contains(where: { $0.id == id }) else { return }
    message = id
    focus = .messages
  }

  /// After every input: what the page is to show is known.
  mutating func settleMessage() {
    guard page == .message else { return }
    if inspected.id == nil { inspected.id = selected?.id ?? lastArrived }
    guard let id = inspected.id else { return }
    let known = MessageView.Known(
      id: id, branch: history.branches[history.branch].id, step: history.step, end: history.end)
    if inspected.moment != known {
      inspected.moment = known
      inspected.sending = history.sending(of: id)
      inspected.later = inspected.sending == nil ? history.stepOfSending(id) : nil
      inspected.consequences = consequences
    }
    let isOnItsWay = inspected.copy?.isOnItsWay == true
    if isOnItsWay { message = id }
    if case .alterations(id, _) = overlay, isOnItsWay { return }
    if case .alterations = overlay { overlay = nil }
  }

  /// What followed where the chosen copy was received: phases, executions, views, and what was sent.
  private var consequences: [Happening] {
    guard let copy = inspected.copy,
      let arrival = copy.happenings.first(where: {
        if case .receive = $0.kind.ofEither { true } else { false }
      })
    else { return [] }
    let those = history.happenings(of: arrival.step)
    return those.drop { $0 != arrival }.dropFirst().filter { happening in
      switch happening.kind.ofEither {
      case .send, .phase, .executedBatch, .accept, .stable, .transfer, .view, .violation: true
      default: false
      }
    }
  }

  /// Why the keys that act on a message on its way cannot act on the one that is shown; nil where they can.
  var inspectedObstacle: String? {
    guard page == .message, let id = inspected.id else { return nil }
    guard let sending = inspected.sending, let copy = sending.copy(id) else {
      return "#\(id) has not been sent at this moment"
    }
    let scene = Scene(self)
    switch copy.fate {
    case .onItsWay, .held: return nil
    case .arrived(_, let time):
      return "#\(id) is not on its way any more: it arrived at \(scene.time(time)) s; ← goes back"
    case .lost(let loss, let time):
      let reason = scene.speaker.reason(loss, sending.from, copy.to)
      return "#\(id) is not on its way: it was lost at \(scene.time(time)) s, \(reason)"
    }
  }
}
