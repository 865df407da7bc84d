internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// How the parts of a rung look, and what they say.
extension Scene {
  func style(_ rung: Rung) -> Style {
    switch rung.content {
    case .message(let message), .repeated(let message, _): style(message)
    case .event(.timerFired(_, let name)): name == .viewChange ? .fault : .quiet
    case .event(.restart): Style(.notice)
    case .event(.view): Style(.viewChange, .bold)
    case .event(.accept): Style(.done)
    case .event(.fault(.restartEmpty)), .event(.fault(.heal)), .event(.fault(.honest)):
      Style(.notice)
    case .event: .fault
    }
  }

  /// What a rung says, the longest first.
  func labels(_ rung: Rung) -> [String] {
    switch rung.content {
    case .message(let message): return labels(message)
    case .repeated(let message, let other):
      return labels(message).flatMap { ["\($0) (#\(other) again)", "\($0) again"] }.sorted {
        $0.columns > $1.columns
      }
    case .event(let kind): return labels(kind, rung.from)
    }
  }

  private func labels(_ message: Message) -> [String] {
    let short = "\(message.kind.short) \(subject(message))"
    var labels = [speaker.short(message)]
    switch message {
    case .prePrepare, .prepare, .commit:
      // The view before the rest, where not all has room.
      let view = message.view.map { "\($0) " } ?? ""
      labels.append("\(message.kind.short) \(view)\(subject(message))")
    default: labels.append("\(message.kind.rawValue) \(subject(message))")
    }
    return labels + [short]
  }

  private func labels(_ kind: Happening.Kind, _ from: Principal?) -> [String] {
    let name = from?.description ?? ""
    switch kind {
    case .crash: return ["\(name) crashes"]
    case .restart: return ["\(name) restarts"]
    case .fault(.restartEmpty): return ["\(name) restarts with an empty disk", "\(name) restarts"]
    case .fault(let command): return [command.text]
    case .timerFired(_, let timer):
      return [
        "\(name) \(timer.word) timer fires", "\(name) \(timer.word) timer", "\(name) timer",
      ]
    case .view(_, let view, let active, _):
      return [
        "\(name) \(active ? "enters" : "asks for") view \(view.number)",
        "\(active ? "enters" : "asks") \(view)",
      ]
    case .accept(let client, let timestamp, let result, _):
      let request = "\(client)/\(timestamp.number)"
      return ["\(request) accepted: \(result)", "\(request) accepted", request]
    case .violation(let violation):
      return ["violated: \(speaker.sentence(violation))", "\(violation.invariant.name) violated"]
    default: return [""]
    }
  }

  /// What stands at the sender, or where something happened.
  func startGlyph(_ rung: Rung) -> Unicode.Scalar {
    switch rung.content {
    case .message: glyphs.received
    case .repeated: glyphs.ladder.copied
    case .event(.crash): glyphs.crashed
    case .event(.accept): glyphs.done
    case .event: glyphs.mark
    }
  }

  /// The head of the arrow.
  func glyph(of fate: Outcome.Fate, isRight: Bool) -> Unicode.Scalar {
    let ladder = glyphs.ladder
    return switch fate {
    case .onItsWay: ladder.inFlight
    case .held: ladder.held
    case .arrived: isRight ? ladder.arrivedRight : ladder.arrivedLeft
    case .kept: isRight ? ladder.keptRight : ladder.keptLeft
    case .late: isRight ? ladder.lateRight : ladder.lateLeft
    case .refused: ladder.refused
    case .lost: ladder.lost
    case .withheld: ladder.withheld
    case .unknown: ladder.unknown
    }
  }

  func style(of fate: Outcome.Fate, _ style: Style) -> Style {
    switch fate {
    case .refused, .lost, .withheld: .fault
    case .held: Style(.notice)
    case .late, .unknown: .quiet
    case .onItsWay, .arrived, .kept: style.bold
    }
  }

  /// Every mark of the ladder, to the right and to the left, with its meaning; the most frequent first.
  var ladderMarks: [(right: Unicode.Scalar, left: Unicode.Scalar, meaning: String)] {
    let ladder = glyphs.ladder
    return [
      (ladder.arrivedRight, ladder.arrivedLeft, "arrived"),
      (ladder.inFlight, ladder.inFlight, "on its way"),
      (ladder.refused, ladder.refused, "refused"), (ladder.lost, ladder.lost, "lost"),
      (ladder.lateRight, ladder.lateLeft, "too late"),
      (ladder.keptRight, ladder.keptLeft, "kept for later"), (ladder.held, ladder.held, "held"),
      (ladder.overtakenRight, ladder.overtakenLeft, "overtaken"),
      (ladder.copied, ladder.copied, "second copy"),
      (ladder.withheld, ladder.withheld, "never sent"),
      (glyphs.differs, glyphs.differs, "altered"),
    ]
  }
}
