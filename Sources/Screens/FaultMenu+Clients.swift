internal import PBFT
internal import Simulation

/// What clients can do to others, and mostly to themselves; it does not count against f.
extension FaultMenu {
  /// The lines for one client.
  static func kinds(for client: ClientID, in world: World) -> [FaultKind] {
    let group = "\(client), a client"
    let backup = world.replicas.last { !$0.isPrimary }?.id ?? ReplicaID(0)
    let misconducts: [(ClientMisconduct, title: String, sentence: String)] = [
      (
        .onlyTo(backup), "asks one backup only",
        "It sends its requests to this backup and to nobody else; the backup passes them on."
      ),
      (.mute, "sends nothing", "It asks for things and sends nothing."),
      (
        .slow(.seconds(3)), "sends late",
        "All that it sends leaves 3 s later."
      ),
      (
        .oldTimestamps, "repeats old timestamps",
        "It sends each request under the timestamp of the one before."
      ),
      (
        .twoOperations, "two operations under one timestamp",
        "It asks half of the replicas for one thing and the rest for another, under one timestamp."
      ),
      (
        .hugeTimestamp, "a huge timestamp",
        "It uses up all its timestamps at once: nothing of its own comes after that."
      ),
      (
        .impatient, "asks everybody, again and again",
        "It sends to all replicas at once, and again every 100 ms."
      ),
      (.unsigned, "signs wrongly", "Nobody can verify what it signs."),
    ]
    return misconducts.map { misconduct in
      FaultKind(
        group: group, word: misconduct.0.word, title: misconduct.title,
        sentence: misconduct.sentence,
        command: { _, _ in .misbehaveClient(client, misconduct.0) },
        isOn: { $1.misconduct(of: client)?.word == misconduct.0.word })
    } + [
      FaultKind(
        group: group, word: "honest", title: "it does no more of this",
        sentence: "It sends what its honest code sends.",
        command: { _, _ in .honestClient(client) })
    ]
  }
}
