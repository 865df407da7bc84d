internal import Cells
internal import PBFT
internal import Screens
internal import Simulation

/// What a frame costs, without a terminal.
extension Bench {
  /// Milliseconds to draw the cluster page at 200x60, a step of a busy world after the other.
  func measureFrame(_ name: String) throws {
    guard only.isEmpty || name.contains(only) else { return }
    var history = History(Configuration())
    try history.perform(.load(every: .milliseconds(200)))
    try history.perform(.run(.seconds(2)))
    try history.perform(.crash(ReplicaID(0)))
    var model = Model(history: history)
    let size = Size(columns: 200, rows: 60)
    _ = model.update(.resize(size))
    var times: [Double] = []
    var cells = 0
    for _ in 0..<300 {
      _ = model.update(.key(.right))
      let start = ContinuousClock.now
      cells += draw(model, size).cells.count
      times.append(Self.seconds(since: start) * 1_000)
    }
    times.sort()
    Self.print(
      name, times[times.count / 2], "ms",
      more:
        "\"worst\":\(Self.rounded(times[times.count - 1])),\"frames\":\(times.count),\"cells\":\(cells)"
    )
  }
}
