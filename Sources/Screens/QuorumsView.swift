internal import Cells
public import PBFT
public import Simulation

/// What the page Quorums looks at.
public struct QuorumsView: Sendable {
  /// The chosen number; nil follows what is being worked on.
  public internal(set) var sequence: SequenceNumber?
  /// The row of the selected lamp; its column is that of the focused replica.
  public internal(set) var lamp: LampRow?
  /// What is known of votes that never counted.
  var strays = Recollection(of: .strayVotes)
  /// What each request has cost.
  var spending = Spending()
}

/// A row of lamps.
public enum LampRow: Hashable, Sendable {
  /// The votes of one kind of one sender, by recipient.
  case vote(Message.Kind, ReplicaID)
  /// The replies to a request, by sender.
  case reply(RequestName)
}

/// What the keys of the page Quorums do.
public enum QuorumsAction: Hashable, Sendable {
  /// So many numbers up, or down.
  case move(Int)
  /// To the next lamp of the focused replica.
  case nextLamp
  /// The window of reasons, for the number at the focused replica.
  case why
}

extension Keys {
  static let quorums = [
    KeyEntry(
      [.up], "↑", .onQuorums(.move(-1)), "number", "the sequence number before", in: .quorums),
    KeyEntry(
      [.down, .character("j")], "↓ j", .onQuorums(.move(1)), "number",
      "the next sequence number; after the last one the page follows what is being worked on",
      in: .quorums, rank: 10),
    KeyEntry(
      [.enter], "Enter", .onQuorums(.why), "why",
      "why the number has come as far as it has at the focused replica", in: .quorums, rank: 12),
    KeyEntry(
      [.character("/")], "/", .onQuorums(.nextLamp), "lamp",
      "tells about the next lamp of the focused replica; after the last one about what it lacks",
      in: .quorums, rank: 11),
  ]
}

extension Model {
  /// The number that the page shows.
  public var shownNumber: SequenceNumber {
    quorums.sequence ?? QuorumTable.mostInteresting(in: world)
  }

  mutating func performOnQuorums(_ action: QuorumsAction) {
    switch action {
    case .move(let distance): moveNumber(by: distance)
    case .nextLamp: moveLamp()
    case .why:
      let own = world.replicas[replica.index]
      guard world.askedNumbers(at: own.id).contains(shownNumber.number) else {
        let why =
          shownNumber <= own.low
          ? "\(shownNumber) is at or below h = \(own.low.number) of \(replica): it is executed, and "
            + "what led to that was discarded (4.3)"
          : "\(replica) holds nothing of \(shownNumber) that could be asked about"
        notice = Notice(refusal: why)
        return
      }
      overlay = .why(WhyCell(shownNumber, at: own))
    }
  }

  private mutating func moveNumber(by distance: Int) {
    let numbers = QuorumTable.numbers(in: world)
    let here = shownNumber
    let next = distance < 0 ? numbers.last { $0 < here } : numbers.first { $0 > here }
    if let next {
      quorums.sequence = next
      quorums.lamp = nil
    } else if distance > 0, quorums.sequence != nil {
      quorums.sequence = nil
      quorums.lamp = nil
      notice = Notice("the page follows what is being worked on, \(shownNumber) now")
    } else {
      notice = Notice(
        refusal: distance < 0
          ? "\(here) is the first number that any log knows of"
          : "\(here) is the last number that any log knows of; n sends a new request")
    }
  }

  /// The rows of lamps from the top, then none.
  private mutating func moveLamp() {
    let rows = Scene(self).lampRows
    let next = quorums.lamp.flatMap { rows.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    quorums.lamp = rows.indices.contains(next) ? rows[next] : nil
  }

  /// A lamp was clicked.
  mutating func chooseLamp(_ row: LampRow, at id: ReplicaID) {
    replica = id
    focus = .replicas
    quorums.lamp = row
  }

  /// After every input: what the page is to show is known.
  mutating func settleQuorums() {
    let showsState = if case .state = overlay { true } else { false }
    if page == .quorums {
      quorums.strays.follow(history, atMost: Self.partsAtOnce)
      wait(for: quorums.strays.known(of: history))
    }
    // A zoomed replica shows its state too.
    let zooms = page == .cluster && isZoomed
    if page == .quorums || showsState || zooms {
      quorums.spending.follow(history, atMost: Self.partsAtOnce)
      wait(for: quorums.spending.known(of: history))
    }
  }
}

extension WhyCell {
  /// What one would ask about a number: the first stage that it lacks.
  init(_ sequence: SequenceNumber, at replica: Replica) {
    let milestone = Milestone.allCases.first { !$0.isReached(sequence, at: replica) }
    self.init(sequence, milestone ?? .executed)
  }
}
