internal import PBFT
internal import Simulation

/// The ladder of a whole line of events, piece by piece.
///
/// A piece is looked up only where it is shown, or where the end of what is shown is decided: a piece takes as long
/// as a jump to one moment. What is known of the line stays known while time moves.
struct LadderBook: Sendable {
  /// Pieces begin where snapshots are kept.
  static let stride = History.stride
  /// How many pieces are kept; more are looked up again.
  static let most = 256

  /// The pieces by their places on the line.
  private(set) var pieces: [Int: LadderPiece] = [:]
  /// The line on which they are.
  private var trail = Trail()

  /// In which piece a step is.
  static func place(of step: Int) -> Int { max(step - 1, 0) / stride }

  /// Forgets what is not of the present line; returns the last step that is.
  mutating func follow(_ history: History) -> Int {
    let common = trail.turn(to: history)
    for place in pieces.keys.sorted() where (pieces[place]?.last ?? 0) > common {
      pieces[place] = nil
    }
    return common
  }

  /// Whether a piece is known as far as it goes up to the present moment.
  func knows(_ place: Int, of history: History) -> Bool {
    (pieces[place]?.last ?? 0) >= min((place + 1) * Self.stride, history.step)
  }

  /// Looks a piece up, as far as it goes up to the present moment.
  mutating func lookUp(_ place: Int, of history: History) {
    let last = min((place + 1) * Self.stride, history.step)
    var piece = pieces.removeValue(forKey: place) ?? LadderPiece(from: place * Self.stride + 1)
    if piece.last < last {
      history.visit((piece.last + 1)...last) { piece.append($0) }
    }
    pieces[place] = piece
  }

  /// Forgets the pieces that are the farthest from one, if there are too many.
  mutating func forget(farFrom place: Int) {
    guard pieces.count > Self.most else { return }
    let far = pieces.keys.sorted { (abs($0 - place), $0) > (abs($1 - place), $1) }
    for place in far.prefix(pieces.count - Self.most * 3 / 4) { pieces[place] = nil }
  }

  /// The pieces from one step on, up to the first that is not known.
  func pieces(from step: Int, upTo last: Int) -> [LadderPiece] {
    guard step <= last else { return [] }
    var known: [LadderPiece] = []
    for place in Self.place(of: step)...Self.place(of: last) {
      guard let piece = pieces[place], piece.last >= min((place + 1) * Self.stride, last) else {
        break
      }
      known.append(piece)
    }
    return known
  }
}

extension [LadderPiece] {
  /// What became of a copy of a rung up to a moment.
  func outcome(
    of copy: Rung.Copy, _ rung: Rung, upTo step: Int, inFlight: [Int: Envelope]
  ) -> Outcome {
    var outcome = Outcome(fate: .onItsWay)
    let envelope = inFlight[copy.id]
    for piece in self where piece.last >= rung.place.step && piece.first <= step {
      piece.follow(copy, from: rung.from, upTo: step, &outcome)
      if outcome.fate.isLast { break }
      // What is on its way now needs no more looking for.
      if envelope != nil, piece.last >= step { break }
    }
    if let envelope {
      outcome.fate = envelope.isHeld ? .held : .onItsWay
    } else if !outcome.fate.isLast {
      outcome.fate = .unknown
    }
    // Only what has arrived has been overtaken; what is still on its way may be the only one.
    if !outcome.fate.hasArrived { outcome.isOvertaken = false }
    return outcome
  }
}
