internal import PBFT
internal import Simulation

/// What clients ask for; at most one of them is faulty.
extension Walk {
  mutating func request() {
    let client = dice.one(of: clients)
    guard world.clients[client.index].queue.count < 2 else { return }
    attempt(.request(client, .append(key: "x", value: "\(client.index)")))
  }

  mutating func misbehave(_ client: ClientID) {
    switch dice.below(10) {
    case 0: attempt(.honestClient(client))
    case 1..<4: alter(messagesOf: .client(client))
    default: attempt(.misbehaveClient(client, clientMisconduct()))
    }
  }

  mutating func clientMisconduct() -> ClientMisconduct {
    switch dice.below(8) {
    case 0: .onlyTo(dice.one(of: replicas))
    case 1: .mute
    case 2: .slow(.milliseconds(dice.number(1...4_000)))
    case 3: .oldTimestamps
    case 4: .twoOperations
    case 5: .hugeTimestamp
    case 6: .impatient
    default: .unsigned
    }
  }
}
