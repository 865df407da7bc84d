internal import Language
public import PBFT
internal import Simulation

/// Which rungs the page Ladder shows.
///
/// What is named of one thing widens it, what is named of several narrows it: PREPARE or COMMIT, and n 2, and R3.
public struct LadderFilter: Hashable, Sendable {
  /// Something that can be shown or not.
  public enum Kind: Hashable, Sendable {
    case message(Message.Kind)
    /// Crashes, timers, views entered, answers accepted: all that is no message.
    case events

    static let all = Message.Kind.allCases.map(Kind.message) + [.events]

    var name: String { if case .message(let kind) = self { kind.rawValue } else { "events" } }
    var short: String { if case .message(let kind) = self { kind.short } else { "events" } }
  }

  /// The kinds that are shown; all if none is named.
  public internal(set) var kinds: Set<Kind> = []
  /// Sent by, sent to, or happened at one of these; anybody if none is named.
  public internal(set) var places: Set<Principal> = []
  public internal(set) var sequence: SequenceNumber?
  public internal(set) var view: View?

  /// Whether anything is left out.
  var isActive: Bool { self != LadderFilter() }

  func matches(_ rung: Rung) -> Bool {
    if !kinds.isEmpty, !kinds.contains(rung.kind) { return false }
    if !places.isEmpty {
      let isThere = rung.from.map(places.contains) ?? false
      guard isThere || rung.copies.contains(where: { places.contains($0.to) }) else { return false }
    }
    if let sequence, !rung.concerns(sequence) { return false }
    return view == nil || rung.view == view
  }

  /// `P C of n2 in v1 at R3`: what is shown, in words.
  var text: String {
    var words = Kind.all.filter(kinds.contains).map(\.short)
    if let sequence { words += [kinds.isEmpty ? sequence.description : "of \(sequence)"] }
    if let view { words += ["in \(view)"] }
    if !places.isEmpty {
      words.append("at " + places.sorted().map(\.description).joined(separator: " or "))
    }
    return words.joined(separator: " ")
  }
}

extension Rung {
  var kind: LadderFilter.Kind { message.map { .message($0.kind) } ?? .events }

  /// The view that it names.
  var view: View? {
    if case .event(.view(_, let view, _, _)) = content { return view }
    return message?.view
  }

  /// Whether it is about a sequence number, or carries a proof about it.
  func concerns(_ n: SequenceNumber) -> Bool {
    switch message {
    case .viewChange(let message): message.prepared.contains { $0.sequence == n }
    case .newView(let message): message.prePrepares.contains { $0.sequence == n }
    case let message?: message.sequence == n
    case nil: false
    }
  }
}
