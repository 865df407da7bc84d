import PBFT
import Simulation
import Testing

/// The happenings of eventful worlds, folded into one number each.
///
/// The numbers were first recorded from the plain engine before it was made fast. Whoever changes the
/// protocol on purpose records them again; whoever changes how it is computed must not have to.
@Suite struct `The same seed and commands give the same happenings` {
  struct Story: Sendable, CustomTestStringConvertible {
    let name: String
    let replicas: Int
    let seed: UInt64
    let commands: [Command]
    let expected: UInt64

    var testDescription: String { name }
  }

  static let stories: [Story] = [
    Story(
      name: "calm, with batches", replicas: 4, seed: 1,
      commands: [.load(every: .milliseconds(40)), .run(.seconds(20))],
      expected: 16611484745151842045),
    Story(
      name: "a primary crashes and comes back", replicas: 4, seed: 2,
      commands: [
        .load(every: .milliseconds(150)), .run(.seconds(4)), .crash(ReplicaID(0)),
        .run(.seconds(12)), .restart(ReplicaID(0)), .run(.seconds(20)),
      ],
      expected: 7773358119601783061),
    Story(
      name: "cut off, left behind, state transfer", replicas: 4, seed: 3,
      commands: [
        .load(every: .milliseconds(120)),
        .partition([
          [.replica(ReplicaID(0)), .replica(ReplicaID(1)), .replica(ReplicaID(2))],
          [.replica(ReplicaID(3))],
        ]),
        .run(.seconds(20)), .heal(nil), .run(.seconds(10)),
      ],
      expected: 8016675906160985584),
    Story(
      name: "loss on every link", replicas: 7, seed: 4,
      commands: [
        .load(every: .milliseconds(200)),
        .lose(LinkPattern(from: nil, to: nil), percent: 12), .run(.seconds(20)), .heal(nil),
        .run(.seconds(10)),
      ],
      expected: 18155337986882804556),
    Story(
      name: "an equivocating primary", replicas: 4, seed: 5,
      commands: [
        .equivocate(ReplicaID(0), Equivocation()),
        .request(ClientID(0), .append(key: "x", value: "a")),
        .request(ClientID(1), .append(key: "x", value: "b")),
        .run(.seconds(30)), .load(every: .milliseconds(250)), .run(.seconds(10)),
      ],
      expected: 9246016728003769950),
    Story(
      name: "view changes among seven", replicas: 7, seed: 6,
      commands: [
        .load(every: .milliseconds(180)), .run(.seconds(3)), .crash(ReplicaID(0)),
        .crash(ReplicaID(1)), .run(.seconds(25)), .restart(ReplicaID(1)),
        .fire(.replica(ReplicaID(3)), .viewChange), .fire(.replica(ReplicaID(4)), .viewChange),
        .fire(.replica(ReplicaID(5)), .viewChange), .run(.seconds(10)), .restart(ReplicaID(0)),
        .run(.seconds(10)),
      ],
      expected: 6159234593767319744),
    Story(
      name: "held and delayed links, a silent and an equivocating backup", replicas: 7, seed: 7,
      commands: [
        .load(every: .milliseconds(150)), .silence(ReplicaID(5)),
        .equivocate(ReplicaID(6), Equivocation(votes: true)),
        .holdLink(LinkPattern(from: .replica(ReplicaID(0)), to: .replica(ReplicaID(2)))),
        .delay(LinkPattern(from: .replica(ReplicaID(1)), to: nil), by: .milliseconds(300)),
        .run(.seconds(15)), .heal(nil), .honest(ReplicaID(5)), .run(.seconds(10)),
      ],
      expected: 8800344140908698389),
  ]

  @Test(arguments: stories)
  func `as when they were recorded`(_ story: Story) throws {
    let cluster = try #require(Cluster(replicaCount: story.replicas))
    var world = World(
      Configuration(
        settings: Settings(cluster: cluster, batchSize: story.seed == 1 ? 4 : 1), seed: story.seed,
        clientCount: 4, scheme: .ideal))
    var hash = UInt64(0xCBF2_9CE4_8422_2325)
    for command in story.commands {
      for happening in try world.perform(command) {
        for byte in String(describing: happening).utf8 {
          hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
      }
    }
    #expect(hash == story.expected, "\(world)")
  }
}
