internal import Cells
internal import PBFT
internal import Simulation

/// One message.
extension Scene {
  func drawMessagePage(_ buffer: inout CellBuffer, _ region: Region) {
    drawStory(&buffer, strip(region))
  }

  /// What can be clicked there.
  func messageTarget(at position: Position, _ region: Region) -> Target? { nil }
}
