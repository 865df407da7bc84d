public import PBFT

extension MisconductKind {
  /// A command with sensible parameters for this replica at this moment, for a menu.
  public func suggestion(for replica: ReplicaID, in world: World) -> Command {
    let own = world.replicas[replica.index]
    let others = world.cluster.replicas.filter { $0 != replica }
    let last = Principal.replica(others[others.count - 1])
    var parameter: Misconduct.Parameter?
    var target = Target.everything
    switch form {
    case .none: break
    case .message:
      // A primary leaves one backup in the dark, a backup keeps its votes.
      parameter = .message(own.isPrimary ? .prePrepare : .commit)
      if own.isPrimary { target = Target(to: [last]) }
    case .client:
      parameter = .client(own.waiting.first?.request.client ?? world.clients[0].id)
    case .time:
      // Just below T: slow, and never suspected.
      parameter = .time(
        Duration(microseconds: world.settings.viewChangeTimeout.microseconds / 10 * 9))
    case .count: parameter = .count(3)
    case .view: parameter = .view((0..<5).reduce(own.view) { view, _ in view.next })
    case .replica: parameter = .replica(others[others.count - 1])
    case .words(let words): parameter = words.first.map { .word($0) }
    }
    return .misbehave(replica, Misconduct(self, parameter, target: target))
  }

  /// The kinds of one role, in the order of a menu.
  public static func all(_ role: Role) -> [MisconductKind] { allCases.filter { $0.role == role } }
}
