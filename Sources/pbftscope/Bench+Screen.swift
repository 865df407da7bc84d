internal import Cells
internal import PBFT
internal import Screens
internal import Simulation

/// What a frame costs, without a terminal.
extension Bench {
  /// Milliseconds to draw each page at 200x60, a step of a busy world after the other.
  func measureFrames(_ name: String) throws {
    guard Page.allCases.contains(where: { isWanted("\(name)-\($0.word)") }) else { return }
    var history = History(Configuration())
    try history.perform(.load(every: .milliseconds(200)))
    try history.perform(.run(.seconds(2)))
    try history.perform(.crash(ReplicaID(0)))
    let model = Model(history: history)
    for page in Page.allCases where isWanted("\(name)-\(page.word)") {
      measureFrame("\(name)-\(page.word)", model, page)
    }
  }

  /// What the key costs counts too: a page may have to find out what it is to show.
  private func measureFrame(_ name: String, _ model: Model, _ page: Page) {
    var model = model
    let size = Size(columns: 200, rows: 60)
    model.show(page, at: size)
    var (drawing, updating): ([Double], [Double]) = ([], [])
    var cells = 0
    for _ in 0..<300 {
      let before = ContinuousClock.now
      _ = model.update(.key(.right))
      let start = ContinuousClock.now
      cells += draw(model, size).cells.count
      drawing.append(Self.seconds(since: start) * 1_000)
      updating.append((Self.seconds(since: before) - Self.seconds(since: start)) * 1_000)
    }
    drawing.sort()
    updating.sort()
    Self.print(
      name, drawing[drawing.count / 2], "ms",
      more: "\"worst\":\(Self.rounded(drawing[drawing.count - 1])),"
        + "\"update\":\(Self.rounded(updating[updating.count / 2])),"
        + "\"frames\":\(drawing.count),\"cells\":\(cells)")
  }
}
