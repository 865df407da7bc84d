internal import Language
internal import PBFT
internal import Simulation

/// What keys do to the world.
extension Model {
  /// Performs a command.
  ///
  /// Its answer is the notice.
  @discardableResult
  mutating func act(_ command: Command, explaining explanation: String? = nil) -> Bool {
    isRunning = false
    let isPast = history.step < history.end
    let known = (branches: history.branches.count, steps: history.stepCount)
    do {
      _ = try history.perform(command)
      var said = command.text
      if history.branches.count > known.branches {
        said += " (a new branch; the old future is kept: o)"
      } else if isPast, history.stepCount == known.steps {
        said += " (as was done here before, on \(history.branches[history.branch].name))"
      }
      notice = Notice(said + (explanation.map { ": \($0)" } ?? ""))
      tellStop()
      return true
    } catch {
      notice = Notice(refusal: error.description)
      return false
    }
  }

  mutating func actOnReplica(_ action: Action) {
    let name = Principal.replica(replica)
    switch action {
    case .crash where !world.isCrashed(replica):
      act(.crash(replica), explaining: "it sends and receives nothing; c again restarts it")
    case .crash, .restart:
      act(.restart(replica), explaining: "it has its disk; the others tell it the rest")
    case .silence:
      guard world.misbehaviour(of: replica) == nil else {
        act(.honest(replica))
        return
      }
      act(.silence(replica), explaining: "it receives and sends nothing; u again: honest")
    case .equivocate:
      guard world.misbehaviour(of: replica) == nil else {
        act(.honest(replica))
        return
      }
      let isLeader = world.replicas[replica.index].isPrimary
      act(
        .equivocate(replica, Equivocation()),
        explaining: isLeader
          ? "it tells two stories once it has two requests; n makes one; b: to one backup only"
          : "it votes one way to one half and another way to the rest")
    case .delay:
      let links = LinkPattern(from: name, to: nil)
      let isDelayed = world.linkFaults.contains { $0.from == name && $0.state.delay > .seconds(0) }
      act(isDelayed ? .heal(links) : .delay(links, by: .milliseconds(500)))
    case .fire: act(.fire(name, .viewChange))
    default: break
    }
  }

  mutating func actOnMessage(_ action: Action) {
    if let obstacle = inspectedObstacle {
      notice = Notice(refusal: obstacle)
      return
    }
    guard let envelope = selected else {
      notice = Notice(refusal: "no message is on its way; n sends a new request")
      return
    }
    let name = MessageReference.number(envelope.id)
    let inFlight = world.inFlight
    let place = inFlight.firstIndex { $0.id == envelope.id } ?? 0
    let after = place + 1 < inFlight.count ? inFlight[place + 1].id : nil
    switch action {
    case .drop: if act(.drop(name)) { message = after }
    case .deliver: if act(.deliver(name)) { message = after }
    case .hold: act(envelope.isHeld ? .release(name) : .hold(name))
    default: break
    }
  }

  // MARK: Requests

  /// The next client that waits for nothing asks for something new.
  mutating func request() {
    let clients = world.clients
    guard let first = clients.first else { return }
    let client =
      clients.min { one, other in
        (one.queue.count, one.outstanding == nil ? 0 : 1, one.lastTimestamp.number)
          < (other.queue.count, other.outstanding == nil ? 0 : 1, other.lastTimestamp.number)
      } ?? first
    let number = clients.reduce(0) { $0 + $1.lastTimestamp.number + $1.queue.count }
    let letter = Letters.name(of: number % 26)
    act(.request(client.id, .append(key: "x", value: letter)))
  }

  mutating func toggleLoad() {
    act(.load(every: world.loadInterval == nil ? .milliseconds(300) : nil))
  }
}
