internal import Export
internal import Language
internal import PBFT
internal import Simulation

/// A page that was played, gone through again step by step: the whole line on which it ended.
struct Playback {
  let configuration: Configuration
  /// Its branches, in the order in which they were opened.
  let branches: [Twig]
  /// How many steps the line has.
  let steps: Int

  /// What is compared of a branch.
  struct Twig: Equatable {
    let name: String
    /// The step after which it parted.
    let fork: Int
    let end: Int
    /// Of the state at its end.
    let hash: StateHash
  }

  private var retelling: Retelling
  private var letters: Letterer
  /// The steps to which each line of the page led, in order; empty where the page goes back in time.
  private let lines: [(last: Int, line: Int)]

  /// Plays a page; whatever cannot be played is told in one line, with exit code 2.
  init(_ script: Script, path: String, limit: Int) throws {
    var player = Player(script, limit: limit)
    var lines: [(last: Int, line: Int)] = []
    do throws(LanguageError) {
      try player.play { line, happenings in
        if let last = happenings.last?.step { lines.append((last, line.number)) }
      }
    } catch {
      throw fail("\(path): \(error.description)")
    }
    // A session that does something else now is not what it was saved as.
    if script.session != nil, let wrong = player.outcomes.first(where: { !$0.held }) {
      throw fail(
        "\(path): line \(wrong.line): `\(wrong.text)` failed: \(wrong.failure ?? "")")
    }
    let history = player.history
    configuration = history.world.configuration
    branches = history.branches.enumerated().map { index, branch in
      Twig(
        name: branch.name, fork: branch.fork, end: branch.end,
        hash: history.world(at: Moment(branch: index, step: branch.end)).stateHash)
    }
    steps = history.end
    let isStraight =
      branches.count == 1 && zip(lines, lines.dropFirst()).allSatisfy { $0.last <= $1.last }
    self.lines = isStraight ? lines : []
    letters = Letterer(configuration)
    retelling = Retelling(history)
  }

  var header: String { Trace.header(configuration, program: PBFTScope.version) }

  /// What happens next; nil at the end of the line.
  mutating func next() -> Happening? {
    guard let happening = retelling.next() else { return nil }
    letters.note(happening)
    return happening
  }

  /// What happened, as a line for a reader with the letters that digests have by now.
  func telling(_ happening: Happening) -> String { letters.speaker.plain(happening) }

  /// The line of the page that led to a step.
  func line(of step: Int) -> Int? { lines.first { step <= $0.last }?.line }
}
