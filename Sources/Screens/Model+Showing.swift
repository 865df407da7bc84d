public import Cells
internal import Language
internal import PBFT
internal import Simulation

/// What is looked at where nobody presses keys: for pictures that are made without a screen.
extension Model {
  /// Shows a page at a size, with nothing over it and nothing answered.
  public mutating func show(_ page: Page, at size: Size) {
    overlay = nil
    _ = perform(.page(page))
    notice = nil
    _ = update(.resize(size))
  }

  /// Plays the lesson to one of its stops, or to its end (nil).
  ///
  /// Returns what went wrong on the way, if anything did.
  public mutating func playLesson(to stop: Int? = nil) -> String? {
    while let lesson, !lesson.isOver, lesson.reached.count < stop ?? .max {
      _ = update(.key(.character(" ")))
      if let notice, notice.isRefusal { return notice.text }
    }
    guard let stop, let lesson, lesson.reached.indices.contains(stop - 1),
      lesson.lastPassed(in: history) != stop - 1
    else { return nil }
    _ = update(.key(.home))
    for _ in 0..<stop { _ = update(.key(.character(" "))) }
    return notice.flatMap { $0.isRefusal ? $0.text : nil }
  }

  /// Goes to a step of the present line.
  public mutating func goTo(step: Int) {
    let start = start
    act(.goTo(step: step, branch: nil))
    keepBefore(start)
  }

  /// What a picture of the screen is called, for whoever cannot see it.
  public var pictureTitle: String {
    "PBFTScope: the page \(page.title), step \(history.step) of "
      + "\(history.branches[history.branch].name)"
  }

  /// What there is to see, in sentences.
  public var pictureDescription: String {
    Scene(self).whereLines.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
      .joined(separator: " ")
  }

  /// What the files of a picture are called, without their endings: `pbftscope-main-57-ladder`.
  public var pictureName: String {
    "pbftscope-\(history.branches[history.branch].name)-\(history.step)-\(page.word)"
  }
}
