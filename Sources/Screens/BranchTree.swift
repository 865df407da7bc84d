internal import Simulation

/// The branches in the order in which they are listed: each below the one that it parted from.
///
/// Of several that parted from the same branch the one that parted last comes first. So the line that leads
/// down to a branch passes to the left of all that is listed between it and its parent, and crosses nothing.
struct BranchTree {
  struct Row: Hashable {
    let branch: Int
    /// How many branches lie between it and the first.
    let depth: Int
    /// The row of the branch that it parted from; nil for the first.
    let parent: Int?
  }

  private(set) var rows: [Row] = []
  /// The last step of all.
  let end: Int

  init(_ branches: [Branch]) {
    end = branches.map(\.end).max() ?? 0
    var children: [[Int]] = branches.map { _ in [] }
    for index in branches.indices { branches[index].parent.map { children[$0].append(index) } }
    var waiting = [Row(branch: 0, depth: 0, parent: nil)]
    while let row = waiting.popLast() {
      let place = rows.count
      rows.append(row)
      // The last to be put there is the first to be taken.
      let sorted = children[row.branch].sorted {
        (branches[$0].fork, $1) < (branches[$1].fork, $0)
      }
      waiting += sorted.map { Row(branch: $0, depth: row.depth + 1, parent: place) }
    }
  }

  /// The row of a branch.
  func row(of branch: Int) -> Int { rows.firstIndex { $0.branch == branch } ?? 0 }
}
