internal import Cells
internal import Simulation

/// What the window of comparison looks at.
public struct CompareView: Hashable, Sendable {
  /// The branch on the right; the present one is on the left.
  public internal(set) var other: Int
  /// So many steps after the two parted; nil is at their ends.
  public internal(set) var steps: Int?
  var scroll = 0
}

/// What the keys do in the window of comparison.
extension Model {
  mutating func compare() {
    if case .compare = overlay {
      overlay = nil
      return
    }
    guard history.branches.count > 1 else {
      notice = Notice(
        refusal: "there is one branch; go back and act otherwise, then v compares both")
      return
    }
    isRunning = false
    // On the page of the tree what is chosen; else where the present branch comes from.
    let isChosen = page == .timeline && branchChoice != history.branch
    let other =
      isChosen
      ? branchChoice
      : history.branches[history.branch].parent ?? history.branches.count - 1
    overlay = .compare(CompareView(other: other))
  }

  /// Whether the key meant the window; others do what they always do.
  mutating func takeInCompare(_ key: Key, _ view: CompareView) -> Bool {
    var view = view
    let shown = comparison(view)
    let ends = [shown.left, shown.right].map { history.branches[$0.branch].end - shown.parting }
    let longest = ends.max() ?? 0
    switch key {
    case .up: view.other = another(than: view.other, by: -1)
    case .down, .character("j"): view.other = another(than: view.other, by: 1)
    case .left:
      let steps = view.steps ?? longest
      if steps == 0 { notice = Notice(refusal: "here the two branches part") }
      view.steps = max(steps - 1, 0)
    case .right:
      let steps = (view.steps ?? longest) + 1
      if steps > longest { notice = Notice(refusal: "here both branches end") }
      view.steps = steps >= longest ? nil : steps
    case .home: view.steps = 0
    case .end: view.steps = nil
    case .pageUp: view.scroll = max(view.scroll - 5, 0)
    case .pageDown: view.scroll += 5
    case .enter:
      let there = shown.right
      overlay = nil
      act(.goTo(step: there.step, branch: history.branches[there.branch].name))
      return true
    default: return false
    }
    overlay = .compare(view)
    return true
  }

  /// The next branch that is not the present one.
  private func another(than branch: Int, by distance: Int) -> Int {
    let count = history.branches.count
    var next = (branch + distance + count) % count
    if next == history.branch { next = (next + distance + count) % count }
    return next
  }

  /// What the window shows.
  func comparison(_ view: CompareView) -> Comparison {
    let wanted = Comparison.moments(
      history, branches: history.branch, view.other, after: view.steps)
    if let compared, (compared.left, compared.right) == wanted { return compared }
    return Comparison(history, wanted.left, wanted.right)
  }

  /// After every input: the branch on the right is there and another, and what is shown of both is known.
  mutating func settleComparison() {
    guard case .compare(var view) = overlay else {
      compared = nil
      return
    }
    guard history.branches.count > 1 else {
      overlay = nil
      return
    }
    if !history.branches.indices.contains(view.other) { view.other = 0 }
    if view.other == history.branch { view.other = another(than: view.other, by: 1) }
    let shown = comparison(view)
    compared = shown
    if hasRoom(in: size) {
      let scene = Scene(self)
      // Beyond the end there is nothing from which one would first have to come back.
      view.scroll = min(
        view.scroll, scene.mostScroll(shown, in: scene.strip(Layout(size).body).above))
    }
    overlay = .compare(view)
  }
}
