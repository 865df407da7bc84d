internal import Language
internal import PBFT
internal import Simulation

/// One line of the fault menu: something bad that can be done to a replica, or its end.
struct FaultItem {
  /// Where it stands in the menu.
  let group: String
  let word: String
  /// A few words.
  let title: String
  /// What comes of it, in a sentence.
  let sentence: String
  /// What Enter carries out.
  let command: Command
  /// Why it cannot be done now.
  let obstacle: Refusal?
  /// Why it will begin only later.
  let delay: String?
  /// Whether it is being done already.
  let isOn: Bool
}

/// How a line of the menu comes about for a replica at a moment.
struct FaultKind: Sendable {
  let group: String
  let word: String
  let title: String
  let sentence: String
  let command: @Sendable (ReplicaID, World) -> Command
  var isOn: @Sendable (ReplicaID, World) -> Bool = { _, _ in false }
  /// Why it will begin only later, or nil.
  var delay: @Sendable (ReplicaID, World) -> String? = { _, _ in nil }
}

/// Everything bad that can be done, in the order of the menu.
enum FaultMenu {
  static let kinds: [FaultKind] = running + sending + timers + misconduct + links

  /// The lines of every replica, then those of the first clients.
  static func kinds(in world: World) -> [FaultKind] {
    kinds + world.clients.prefix(3).flatMap { kinds(for: $0.id, in: world) }
  }

  /// The lines for one replica at this moment.
  static func items(for replica: ReplicaID, in world: World) -> [FaultItem] {
    kinds(in: world).map { kind in
      let command = kind.command(replica, world)
      return FaultItem(
        group: kind.group, word: kind.word, title: kind.title, sentence: kind.sentence,
        command: command, obstacle: world.obstacle(to: command),
        delay: kind.delay(replica, world), isOn: kind.isOn(replica, world))
    }
  }

  private static let running = [
    FaultKind(
      group: "Up and down", word: "crash", title: "it stops",
      sentence: "It sends and receives nothing until it is restarted.",
      command: { replica, _ in .crash(replica) }, isOn: { $1.isCrashed($0) }),
    FaultKind(
      group: "Up and down", word: "restart", title: "it starts again",
      sentence: "It starts again from its stable storage and asks the others for what it missed.",
      command: { replica, _ in .restart(replica) }),
    FaultKind(
      group: "Up and down", word: "amnesia", title: "it starts again with an empty disk",
      sentence:
        "It has forgotten what it promised and may say the opposite: it counts as faulty for good.",
      command: { replica, _ in .restartEmpty(replica) }),
    FaultKind(
      group: "Up and down", word: "corrupt", title: "a value in its memory changes",
      sentence:
        "Its state differs from the others' until a checkpoint shows it; it counts as faulty for good.",
      command: { replica, _ in .corruptState(replica) }),
    FaultKind(
      group: "Up and down", word: "fire", title: "its view-change timer runs out",
      sentence: "A clock that runs too fast: it asks for the next view now.",
      command: { replica, _ in .fire(.replica(replica), .viewChange) }),
  ]

  private static let sending =
    [
      FaultKind(
        group: "What it sends", word: "silence", title: "it sends nothing",
        sentence: "It still receives, and keeps all that it would have sent to itself.",
        command: { replica, _ in .silence(replica) },
        isOn: { misbehaves($0, $1) { $0 == .silence } })
    ] + equivocating + [
      FaultKind(
        group: "What it sends", word: "twin", title: "it runs as two copies",
        sentence:
          "Two honest copies with one key, each talking to its own half: together they tell two stories.",
        command: { replica, world in
          let others = world.cluster.replicas.filter { $0 != replica }
          let half = others.prefix(others.count / 2), rest = others.dropFirst(others.count / 2)
          return .twin(replica, [half.map(Principal.replica), rest.map(Principal.replica)])
        }, isOn: { $1.twin(of: $0) != nil }),
      FaultKind(
        group: "What it sends", word: "forge", title: "one message made up",
        sentence:
          "A single message of its own making for one recipient, signed with the key it has; : makes it another.",
        command: { replica, world in
          let own = world.replicas[replica.index]
          let other = world.cluster.replicas.first { $0 != replica } ?? replica
          return .forge(
            Forgery(
              from: replica, to: .replica(other),
              content: .commit(own.view, own.lastExecuted.next, .bogus)))
        }),
      FaultKind(
        group: "What it sends", word: "honest", title: "it does no more of this",
        sentence:
          "It runs the honest code again, and counts as faulty for good: what it has said stays said.",
        command: { replica, _ in .honest(replica) }),
    ]

  private static let links = [
    FaultKind(
      group: "Its links", word: "delay", title: "half a second later",
      sentence: "All that it sends arrives 500 ms later, and so behind what others send.",
      command: { replica, _ in
        .delay(LinkPattern(from: .replica(replica), to: nil), by: .milliseconds(500))
      }, isOn: { linkState($0, $1) { $0.delay > .seconds(0) } }),
    FaultKind(
      group: "Its links", word: "lose", title: "a third is lost",
      sentence: "Of all that it sends, 33% is lost; what matters is sent again after a while.",
      command: { replica, _ in
        .lose(LinkPattern(from: .replica(replica), to: nil), percent: 33)
      }, isOn: { linkState($0, $1) { $0.lossPercent > 0 } }),
    FaultKind(
      group: "Its links", word: "hold", title: "kept on the way",
      sentence: "What it sends waits on the links until they are healed.",
      command: { replica, _ in .holdLink(LinkPattern(from: .replica(replica), to: nil)) },
      isOn: { linkState($0, $1) { $0.isHeld } }),
    FaultKind(
      group: "Its links", word: "cut", title: "nothing in, nothing out",
      sentence: "All that it sends and all that is sent to it is lost.",
      command: { replica, _ in
        .cut(LinkPattern(from: .replica(replica), to: nil, bothWays: true))
      }, isOn: { linkState($0, $1) { $0.isCut } }),
    FaultKind(
      group: "Its links", word: "heal", title: "its links are restored",
      sentence: "Its links treat messages as they should, and what they held goes on.",
      command: { replica, _ in
        .heal(LinkPattern(from: .replica(replica), to: nil, bothWays: true))
      }),
  ]

  /// Every kind of misconduct, with the parameters that suit the moment.
  private static let misconduct = MisconductKind.Role.allCases.flatMap { role in
    MisconductKind.all(role).map { kind in
      FaultKind(
        group: "Misbehaves \(role.rawValue)", word: kind.word, title: kind.title,
        sentence: "It \(kind.sentence).",
        command: { kind.suggestion(for: $0, in: $1) },
        isOn: { misbehaves($0, $1) { $0.kind == kind } },
        delay: { kind.delay(for: $0, in: $1) })
    }
  }

  /// Whether a replica has been ordered to do this.
  static func misbehaves(
    _ replica: ReplicaID, _ world: World, _ isThis: (Misbehaviour.Order) -> Bool
  ) -> Bool {
    world.misbehaviours(of: replica).contains { isThis($0.order) }
  }

  /// Whether a link from this replica is in such a state.
  private static func linkState(
    _ replica: ReplicaID, _ world: World, _ holds: (LinkState) -> Bool
  ) -> Bool {
    world.linkFaults.contains { $0.from == .replica(replica) && holds($0.state) }
  }
}

extension Misbehaviour.Order {
  /// The kind of misconduct that was ordered, if it is one.
  fileprivate var kind: MisconductKind? {
    if case .misconduct(let misconduct) = self { misconduct.kind } else { nil }
  }
}
