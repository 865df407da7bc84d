internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// A line of the list of what the page Ladder shows.
enum LadderFilterLine: Hashable {
  case everything
  case sequence
  case view
  case kind(LadderFilter.Kind)
  case place(Principal)

  var heading: String? {
    switch self {
    case .everything, .sequence, .view: nil
    case .kind: "Of these kinds (none: of all)"
    case .place: "Sent by, sent to or happened at (none: anybody)"
    }
  }
}

extension Scene {
  func ladderFilterChooser(_ choice: Int) -> Chooser {
    let all = model.ladderFilterLines
    let chosen = min(max(choice, 0), all.count - 1)
    var lines: [Chooser.Line] = []
    var heading: String?
    for (index, line) in all.enumerated() {
      if let new = line.heading, new != heading {
        lines.append(.init(spans: [Span(new, Style(.label, .bold))], choice: nil))
        heading = new
      }
      lines.append(.init(spans: spans(line), choice: index))
    }
    return Chooser(
      title: "What the ladder shows", lines: lines, chosen: chosen, detail: filterDetail,
      keys: "Enter switches, ← less → more, Esc closes")
  }

  private func spans(_ line: LadderFilterLine) -> [Span] {
    let filter = model.ladder.filter
    func box(_ isOn: Bool) -> Span { Span(isOn ? "[x] " : "[ ] ", isOn ? .done : .quiet) }
    switch line {
    case .everything: return [box(!filter.isActive), Span("everything")]
    case .sequence:
      return [box(filter.sequence != nil)]
        + value("one number", filter.sequence?.description ?? "any n")
    case .view:
      return [box(filter.view != nil)] + value("one view", filter.view?.description ?? "any v")
    case .kind(let kind):
      let style: Style = if case .message(let kind) = kind { Style(Role(kind)) } else { .plain }
      let short = if case .message(let kind) = kind { kind.short } else { "" }
      return [
        box(filter.kinds.contains(kind)), Span(kind.name.left(13), style),
        Span(short, Style(style.role, .bold)),
      ]
    case .place(let place):
      return [box(filter.places.contains(place)), Span(place.description)]
    }
  }

  private func value(_ name: String, _ value: String) -> [Span] {
    [Span(name.left(13)), Span("\(value)".left(8), Style(.key)), Span(ascii("← →"), .quiet)]
  }

  private var filterDetail: [[Span]] {
    let filter = model.ladder.filter
    guard filter.isActive else {
      return [[Span("Every rung is shown. Enter on a line leaves out all that is not of it.")]]
    }
    let rungs = ladderCount.map { ": \($0)" } ?? ""
    return [
      [Span("Only \(filter.text)\(rungs).")],
      [Span("Lines of one list widen it, different lists narrow it.", .quiet)],
    ]
  }

  /// `14 rungs`, or how many have been found so far.
  var ladderCount: String? {
    model.ladder.count.map { count in
      (count == 1 ? "1 rung" : "\(count) rungs") + (model.ladder.isLookingUp ? " so far" : "")
    }
  }
}

extension Model {
  var ladderFilterLines: [LadderFilterLine] {
    let asked = world.clients.filter { $0.lastTimestamp.number > 0 }.map { Principal.client($0.id) }
    let replicas = world.replicas.map { Principal.replica($0.id) }
    return [.everything, .sequence, .view] + LadderFilter.Kind.all.map(LadderFilterLine.kind)
      + (replicas + asked).map(LadderFilterLine.place)
  }

  /// Whether the key meant the list of what the ladder shows.
  mutating func takeInLadderFilter(_ key: Key, _ choice: Int) -> Bool {
    let lines = ladderFilterLines
    let choice = min(choice, lines.count - 1)
    if let place = key.place(from: choice, of: lines.count) {
      overlay = .ladderFilter(choice: place)
      return true
    }
    switch key {
    case .enter, .character(" "): change(lines[choice], by: nil)
    case .right: change(lines[choice], by: 1)
    case .left: change(lines[choice], by: -1)
    case .character("/"): overlay = nil
    default: return false
    }
    return true
  }

  /// Changes what is shown: one more, one less, or (nil) the other way round.
  mutating func change(_ line: LadderFilterLine, by distance: Int?) {
    switch line {
    case .everything: ladder.filter = LadderFilter()
    case .kind(let kind): switchOver(&ladder.filter.kinds, kind, distance)
    case .place(let place): switchOver(&ladder.filter.places, place, distance)
    case .sequence:
      let highest = world.replicas.map { max($0.lastExecuted, $0.log.used.last?.sequence ?? .zero) }
      let number = chosen(
        ladder.filter.sequence?.number, distance, 1, highest.max()?.number ?? 0, "n",
        "no number has been proposed")
      if let number { ladder.filter.sequence = number.value.map { SequenceNumber($0) } }
    case .view:
      let highest = world.replicas.map(\.view.number).max() ?? 0
      let number = chosen(
        ladder.filter.view?.number, distance, 0, highest, "v", "no view has been asked for")
      if let number { ladder.filter.view = number.value.map { View($0) } }
    }
  }

  private func switchOver<Value>(_ values: inout Set<Value>, _ value: Value, _ distance: Int?) {
    let isOn = distance.map { $0 > 0 } ?? !values.contains(value)
    if isOn { values.insert(value) } else { values.remove(value) }
  }

  /// The number after a key; nil, with the reason as the notice, where there is none.
  private mutating func chosen(
    _ now: Int?, _ distance: Int?, _ least: Int, _ most: Int, _ letter: String, _ none: String
  ) -> ChosenNumber? {
    guard let distance = distance ?? (now == nil ? 1 : nil) else { return ChosenNumber(value: nil) }
    switch now {
    case nil where distance < 0:
      notice = Notice(refusal: "any is shown already; → chooses one")
      return nil
    case nil where most < least:
      notice = Notice(refusal: "\(none) yet")
      return nil
    case nil: return ChosenNumber(value: least)
    case let now? where distance > 0 && now >= most:
      notice = Notice(refusal: "\(none) above \(letter)\(most)")
      return nil
    case let now?: return ChosenNumber(value: now + distance < least ? nil : now + distance)
    }
  }
}

/// A number that is chosen, or any (nil).
private struct ChosenNumber {
  let value: Int?
}
