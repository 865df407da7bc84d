internal import Cells
internal import PBFT
internal import Simulation

/// Who has voted for what at whom, of one sequence number.
extension Scene {
  func drawQuorumsPage(_ buffer: inout CellBuffer, _ region: Region) {
    drawStory(&buffer, strip(region))
  }

  /// What can be clicked there.
  func quorumsTarget(at position: Position, _ region: Region) -> Target? { nil }
}
