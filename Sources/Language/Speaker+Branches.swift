internal import PBFT
public import Simulation

extension Speaker {
  /// What there is at the end of a branch: `view 1, executed 3, nothing is violated`.
  public func summary(_ branch: BranchSummary) -> String {
    let violations =
      switch branch.violations {
      case 0: "nothing is violated"
      case 1: "1 violation"
      default: "\(branch.violations) violations"
      }
    return "view \(branch.view.number), executed \(branch.executed.number), \(violations)"
  }
}
