internal import Cells
internal import Simulation

/// What is said of a branch, kept until its end is another.
struct KnownSummary: Hashable, Sendable {
  /// The branch's lasting number.
  let id: Int
  let end: Int
  let summary: BranchSummary
}

/// What the page of the tree does.
extension Model {
  mutating func showTimeline() {
    if page != .timeline { branchChoice = history.branch }
    page = .timeline
  }

  mutating func moveBranch(by distance: Int) {
    showTimeline()
    let tree = BranchTree(history.branches)
    let row = moved(tree.row(of: branchChoice), by: distance, of: tree.rows.count, "branch")
    branchChoice = tree.rows[row].branch
  }

  mutating func goToChosenBranch() {
    showTimeline()
    guard branchChoice != history.branch else {
      notice = Notice("this is \(history.branches[branchChoice].name); End goes to its end")
      return
    }
    go(to: branchChoice)
  }

  /// The facts at the end of a branch.
  func summary(of branch: Int) -> BranchSummary {
    if let known = known(branch) { return known }
    return history.summary(of: branch)
  }

  private func known(_ branch: Int) -> BranchSummary? {
    guard summaries.indices.contains(branch), let known = summaries[branch] else { return nil }
    let there = history.branches[branch]
    return known.id == there.id && known.end == there.end ? known.summary : nil
  }

  /// After every input: the choice is a branch that is there, and what is shown of branches is known.
  ///
  /// It follows the present moment to another branch than the one with this lasting number.
  mutating func settleBranches(_ before: Int) {
    if history.branches[history.branch].id != before
      || !history.branches.indices.contains(branchChoice)
    {
      branchChoice = history.branch
    }
    guard page == .timeline, hasRoom(in: size) else { return }
    let tree = BranchTree(history.branches)
    let scene = Scene(self)
    let places = scene.treePlaces(scene.strip(Layout(size).body).above, tree)
    summaries += Array(repeating: nil, count: max(history.branches.count - summaries.count, 0))
    for row in tree.rows.dropFirst(places.first).prefix(places.list.rows)
    where known(row.branch) == nil {
      let branch = history.branches[row.branch]
      summaries[row.branch] = KnownSummary(
        id: branch.id, end: branch.end, summary: history.summary(of: row.branch))
    }
  }
}
