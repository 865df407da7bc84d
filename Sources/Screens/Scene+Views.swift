internal import Cells
internal import PBFT
internal import Simulation

/// Which view the correct replicas work in, which they ask for, and who leads.
struct ViewWords: Hashable {
  /// `view 0`; while a higher one is asked for that nobody has entered, `view 0 ► 1`.
  let change: String
  /// `R0 leads`, `R0 crashed`, or of a view that its primary has not entered, `R1 to lead`.
  let leader: String
  /// `v0 R0`, where there is no room for more.
  let short: String
  /// The same to be read aloud.
  let spoken: String
}

extension Scene {
  /// Who leads, and where.
  ///
  /// A view that has been asked for is not one that anybody works in: VIEW-CHANGE takes a replica out of its
  /// view, and only NEW-VIEW into the next (§4.4).
  var views: ViewWords {
    let correct = world.correct.map { world.replicas[$0.index] }
    let states = correct.isEmpty ? world.replicas : correct
    let asked = states.map(\.view).max() ?? View(0)
    let entered = states.filter(\.isActive).map(\.view).max()
    let primary = settings.primary(of: asked)
    if entered == asked {
      let leader = leader(primary, of: asked)
      return ViewWords(
        change: "view \(asked.number)", leader: leader, short: "v\(asked.number) \(primary)",
        spoken: "view \(asked.number), \(leader)")
    }
    let arrow = text(glyphs.arrowRight)
    guard let entered else {
      return ViewWords(
        change: "to view \(asked.number)", leader: "\(primary) to lead",
        short: "\(arrow)v\(asked.number) \(primary)",
        spoken: "on the way to view \(asked.number), which \(primary) is to lead")
    }
    let present = settings.primary(of: entered)
    let isLed = leads(present, entered)
    return ViewWords(
      change: "view \(entered.number) \(arrow) \(asked.number)",
      leader: isLed ? "\(present) leads" : "\(primary) to lead",
      short: "v\(entered.number)\(arrow)\(asked.number) \(isLed ? present : primary)",
      spoken: "view \(entered.number), \(leader(present, of: entered)); "
        + "view \(asked.number) is asked for, which \(primary) is to lead")
  }

  private func leads(_ primary: ReplicaID, _ view: View) -> Bool {
    world.leads(primary) && world.replicas[primary.index].view == view
  }

  private func leader(_ primary: ReplicaID, of view: View) -> String {
    if world.isCrashed(primary) { return "\(primary) crashed" }
    return leads(primary, view) ? "\(primary) leads" : "\(primary) to lead"
  }
}
