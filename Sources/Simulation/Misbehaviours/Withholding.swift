internal import PBFT

/// Keeps the messages of one kind back, whoever has written them.
struct Withholding: Adversary {
  let kind: Message.Kind

  mutating func outgoing(
    _ message: Message, to recipient: Principal, from replica: Replica, at now: Instant
  ) -> [Outgoing] {
    message.kind == kind ? [] : [Outgoing(message)]
  }
}
