import PBFT
import Simulation
import Testing

@Suite struct `A world that runs` {
  @Test func `executes a request and answers its client`() throws {
    var history = History(Configuration())
    try history.perform(.request(ClientID(0), .append(key: "x", value: "a")))
    try history.perform(
      .runUntil(.accepted(RequestName(ClientID(0), Timestamp(1)), result: "a"), within: nil))
    #expect(history.world.holds(.executed(SequenceNumber(1), nil, .allCorrect)))
  }
}
