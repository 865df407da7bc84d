internal import PBFT
public import Simulation

extension Speaker {
  /// What there is at the end of a branch: `view 1, executed 3, 0 violations, 4.2 s`.
  public func summary(_ branch: BranchSummary) -> String {
    let violations = branch.violations == 1 ? "1 violation" : "\(branch.violations) violations"
    return "view \(branch.view.number), executed \(branch.executed.number), \(violations), "
      + Self.seconds(branch.time)
  }
}
