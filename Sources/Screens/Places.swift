internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// One kind of place on the line of time that can be gone to.
enum Place: Hashable {
  case landmark(Landmark)
  /// Where a breakpoint becomes true.
  case breakpoint(Condition)
}

/// The window of places: on to the next and back to the previous of each kind.
extension Scene {
  func placesChooser(_ choice: Int) -> Chooser {
    let places = model.places
    let chosen = min(max(choice, 0), places.count - 1)
    let counts = model.history.count(
      places.compactMap { if case .landmark(let landmark) = $0 { landmark } else { nil } })
    let width = (places.map { title($0).columns }.max() ?? 0) + 2
    var lines = [
      Chooser.Line(
        spans: [Span("".left(width) + "behind  ahead", .label)], choice: nil)
    ]
    for (index, place) in places.enumerated() {
      var spans = [Span(title(place).left(width), Style(.key))]
      if case .landmark = place {
        let (behind, ahead) = counts[index]
        spans += [count(behind, 6), Span(" "), count(ahead, 6)]
      } else {
        spans.append(Span("breakpoint", .quiet))
      }
      lines.append(.init(spans: spans, choice: index))
    }
    return Chooser(
      title: "Places", lines: lines, chosen: chosen, detail: detail(places[chosen]),
      keys: "→ on to the next, ← back, Esc closes")
  }

  private func count(_ number: Int, _ width: Int) -> Span {
    number == 0
      ? Span(text(glyphs.empty).right(width), .quiet) : Span("\(number)".right(width))
  }

  private func title(_ place: Place) -> String {
    switch place {
    case .landmark(let landmark): landmark.word
    case .breakpoint(let condition): condition.text
    }
  }

  private func detail(_ place: Place) -> [[Span]] {
    let command: String
    switch place {
    case .landmark(let landmark): command = ": next \(landmark.word), back \(landmark.word)"
    case .breakpoint(let condition): command = ": back until \(condition.text)"
    }
    return [[Span(command, .label)], [Span(sentence(place))]]
  }

  private func sentence(_ place: Place) -> String {
    guard case .landmark(let landmark) = place else {
      return "Where the condition becomes true; runs stop there too, in either direction."
    }
    return switch landmark {
    case .phase: "A number reaches a phase that it had reached nowhere, or a client accepts."
    case .event:
      "A view change, fault, timer, refusal, stable checkpoint, state transfer or violation."
    case .view: "A replica is the first to enter a view."
    case .refusal: "A rule refuses a message; not one that is merely late or comes twice."
    case .violation: "Something that must never happen."
    case .checkpoint: "A checkpoint becomes stable, or a state is taken over."
    case .fault: "Something is broken or mended by hand: a replica, a link, a rule."
    case .timeout: "A view-change timer runs out."
    case .at(let replica): "Something happens at \(replica)."
    case .note: "A sentence attached to a moment; \" attaches one to this."
    }
  }
}

extension Model {
  /// All that can be gone to: what is kept, at the focused replica too, and the breakpoints.
  var places: [Place] {
    let landmarks = Landmark.general + [.at(replica)]
    return landmarks.map(Place.landmark) + history.breakpoints.map(Place.breakpoint)
  }

  /// Whether the key meant the window of places; others do what they always do.
  mutating func takeInPlaces(_ key: Key, _ choice: Int) -> Bool {
    let places = places
    let choice = min(choice, places.count - 1)
    if let place = key.place(from: choice, of: places.count) {
      overlay = .places(choice: place)
      return true
    }
    switch key {
    case .right, .enter: goOn(to: places[choice])
    case .left: goBack(to: places[choice])
    default: return false
    }
    return true
  }

  private mutating func goOn(to place: Place) {
    switch place {
    case .landmark(let landmark): act(.next(landmark))
    case .breakpoint:
      isRunning = false
      for _ in 0..<TimeCommand.farthest {
        guard advance() else { return }
        if history.stoppedAt != nil {
          tellStop()
          return
        }
      }
      notice = Notice(refusal: "it did not become true within \(TimeCommand.farthest) events")
    }
  }

  private mutating func goBack(to place: Place) {
    switch place {
    case .landmark(let landmark): act(.previous(landmark))
    case .breakpoint(let condition): act(.backUntil(condition))
    }
  }
}
