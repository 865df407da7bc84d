internal import Cells
internal import PBFT
internal import Simulation

/// What the window of reasons holds, and where.
struct WhyPlaces {
  let area, event, grid: Region
  /// The reasons, below a line.
  let rest: Region
  let told: [[Span]]
  let reasons: [[Span]]
  let numbers: [Int]
  let chosen: SequenceNumber
  let isCut: Bool

  /// How wide the number and its digest are.
  static let label = 9

  /// How wide a cell of the grid is.
  static func cellWidth(_ grid: Region) -> Int {
    max(min((grid.columns - label) / Milestone.allCases.count, 16), 3)
  }

  /// The place of the first number that so many rows show.
  static func first(of numbers: [Int], _ rows: Int, chosen: SequenceNumber) -> Int {
    let place = numbers.firstIndex(of: chosen.number) ?? 0
    return max(min(place - rows / 2, numbers.count - rows), 0)
  }

  /// The cell at a place; the milestone of the chosen one where the number itself is meant.
  func cell(at position: Position, chosen cell: WhyCell) -> WhyCell? {
    let first = Self.first(of: numbers, max(grid.rows - 1, 0), chosen: chosen)
    let row = first + position.y - grid.y - 1
    guard grid.contains(position), position.y > grid.y, numbers.indices.contains(row) else {
      return nil
    }
    let column = (position.x - grid.x - Self.label) / Self.cellWidth(grid)
    let isCell = position.x >= grid.x + Self.label && column < Milestone.allCases.count
    return WhyCell(
      SequenceNumber(numbers[row]), isCell ? Milestone.allCases[column] : cell.milestone)
  }
}

extension Scene {
  /// What can be clicked in the window of reasons.
  func whyTarget(at position: Position, _ region: Region, _ cell: WhyCell) -> Target? {
    whyPlaces(region, cell).cell(at: position, chosen: cell).map { .why(model.replica, $0) }
  }
}
