internal import Cells
internal import PBFT
internal import Simulation

/// How one view comes about.
extension Scene {
  func drawViewChangePage(_ buffer: inout CellBuffer, _ region: Region) {
    drawStory(&buffer, strip(region))
  }

  /// What can be clicked there.
  func viewChangeTarget(at position: Position, _ region: Region) -> Target? { nil }
}
