internal import Cells
internal import PBFT
internal import Simulation

/// The demos, and a world to begin anew with.
extension Scene {
  func drawStartPage(_ buffer: inout CellBuffer, _ region: Region) {
    drawStory(&buffer, strip(region))
  }

  /// What can be clicked there.
  func startTarget(at position: Position, _ region: Region) -> Target? { nil }
}
