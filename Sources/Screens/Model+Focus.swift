internal import PBFT
internal import Simulation

/// Where the keys act.
extension Model {
  mutating func focus(on number: Int) {
    guard number < cluster.replicaCount else {
      let last = cluster.replicaCount - 1
      notice = Notice(refusal: "there is no R\(number): the replicas are R0 to R\(last)")
      return
    }
    let isSame = replica == ReplicaID(number) && focus == .replicas
    replica = ReplicaID(number)
    focus = .replicas
    tellFocus(isSame: isSame)
  }

  /// Where it cannot be seen, or is no other, which one has the focus.
  private mutating func tellFocus(isSame: Bool) {
    if isSame {
      notice = Notice(refusal: "\(replica) has the focus")
    } else if page != .cluster {
      let name = focus == .messages ? "the list of messages" : "\(replica)"
      notice = Notice(
        "\(name) has the focus: the keys of \(focus == .messages ? "messages" : "replicas") act there"
      )
    }
  }

  /// Replica after replica, then the messages in flight, then the first replica again.
  mutating func movePane(by distance: Int) {
    let count = cluster.replicaCount
    let here = focus == .messages ? count : replica.index
    let place = (here + distance + count + 1) % (count + 1)
    if place == count {
      focus = .messages
      message = selected?.id
    } else {
      focus = .replicas
      replica = ReplicaID(place)
    }
    tellFocus(isSame: false)
  }

  mutating func select(by distance: Int) {
    let inFlight = world.inFlight
    guard !inFlight.isEmpty else {
      notice = Notice(refusal: "no message is on its way; n sends a new request")
      return
    }
    let here = inFlight.firstIndex { $0.id == message }
    let place = focus == .messages ? (here ?? 0) + distance : here ?? 0
    focus = .messages
    message = inFlight[min(max(place, 0), inFlight.count - 1)].id
  }

  /// A place in a list so much further on; at its ends it stays, and that is said.
  mutating func moved(_ place: Int, by distance: Int, of count: Int, _ word: String) -> Int {
    let next = min(max(place + distance, 0), count - 1)
    if next == place {
      notice = Notice(
        refusal: count == 1
          ? "there is one \(word)" : "this is the \(distance < 0 ? "first" : "last") \(word)")
    }
    return next
  }
}
