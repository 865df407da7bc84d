internal import Cells
internal import PBFT
internal import Simulation

/// What the last step has changed, and how it is marked: the value as if gone over with a marker, and a small mark
/// at the edge of its row, where the frame or a blank was.
///
/// So it is seen without colour and in plain ASCII, and nothing ever moves because of it.
extension Scene {
  /// Whether something is not what it was one step before; at the beginning nothing is new.
  func hasChanged<Value: Equatable>(_ look: (World) -> Value) -> Bool {
    look(before) != look(world)
  }

  /// Whether it happened at the last step.
  func isNew(_ happening: Happening) -> Bool { happening.step == world.step }

  /// What stands at the edge of a row on which something has changed.
  var changedMark: Cell { Cell(glyphs.changed, Style(.changed)) }

  /// Marks every row of a region on which something changed, in this column; what is there now goes.
  func markRows(_ buffer: inout CellBuffer, _ region: Region, at x: Int) {
    for y in region.y..<region.endY {
      let cells = buffer.row(y).dropFirst(region.x).prefix(region.columns)
      if cells.contains(where: { $0.style.role == .changed }) { buffer[x, y] = changedMark }
    }
  }

  /// Marks one place if nothing is written there.
  func mark(_ buffer: inout CellBuffer, _ x: Int, _ y: Int) {
    if buffer[x, y].glyph == " " { buffer[x, y] = changedMark }
  }
}

extension Style {
  /// The same emphasis as something that the last step has changed, if it has.
  func changed(if isChanged: Bool) -> Style { isChanged ? Style(.changed, emphasis) : self }
}

extension [Span] {
  var haveChanged: Bool { contains { $0.style.role == .changed } }
}

extension World {
  /// Whether it works as the primary of its view.
  func leads(_ replica: ReplicaID) -> Bool {
    let state = replicas[replica.index]
    return state.isPrimary && state.isActive && !isCrashed(replica)
  }
}
