/// The view-change timer: on requests, and on the NEW-VIEW, with back-off (§4.4, §4.5.2).
extension Replica {
  /// *T · 2^(w − u − 1)*: w is the view it is in or changing to, u the last one in which it
  /// executed a new request.
  ///
  /// Each view change in a row waits twice as long; a new execution takes it back to T.
  public var timeout: Duration {
    settings.viewChangeTimeout.doubled(
      isOff(.backOff) ? 0 : view.number - progressView.number - 1)
  }

  /// A backup's timer runs while a request that it has received waits (§4.4).
  ///
  /// The primary's does only once f others have asked for a higher view. What they wait for may have been
  /// executed by the rest, who then wait for nothing: one more VIEW-CHANGE is needed, and can only be its own.
  mutating func startTimerIfNeeded(_ effects: inout [Effect]) {
    guard isActive, !isPrimary || isLeftByOthers, transfer == nil, viewChangeTimer == nil,
      let oldest = isOff(.timerOnRequest) ? firstProposed : waiting.first?.request
    else { return }
    startTimer(
      .request(oldest), after: timeout,
      .accepted(
        .timerOnRequest,
        Values(
          .client, oldest.client.index, .timestamp, oldest.timestamp.number, .duration,
          timeout.microseconds)), &effects)
  }

  /// Without the rule of §4.4 the timer runs on what the primary has proposed: a silent one is never suspected.
  private var firstProposed: Request? {
    let used = log.used
    return waiting.first { entry in
      used.contains { $0.batch?.requests.contains(entry.request) ?? false }
    }?.request
  }

  /// f others have asked for a view above this one.
  private var isLeftByOthers: Bool {
    viewChanges.count { $0.replica != id && $0.view > view } >= cluster.faultsTolerated
  }

  mutating func startTimer(
    _ purpose: RunningTimer.Purpose, after duration: Duration, _ reason: Finding,
    _ effects: inout [Effect]
  ) {
    let token = nextToken()
    viewChangeTimer = RunningTimer(token: token, purpose: purpose)
    tell(.details, .held(reason), &effects)
    effects.append(.setTimer(.viewChange, token: token, after: duration))
  }

  mutating func stopTimer(_ effects: inout [Effect]) {
    guard viewChangeTimer != nil else { return }
    viewChangeTimer = nil
    effects.append(.stopTimer(.viewChange))
  }

  /// After an execution: stops if what it waited for is done, and starts again if others wait (§4.4).
  mutating func updateTimer(_ effects: inout [Effect]) {
    guard isActive else { return }
    if case .request(let request) = viewChangeTimer?.purpose, !isOff(.timerStops) {
      let isDone = !waiting.contains { $0.request == request }
      let values = Values(.client, request.client.index, .timestamp, request.timestamp.number)
      tell(
        .details, .held(isDone ? .accepted(.timerStops, values) : .refused(.timerStops, values)),
        &effects)
      if isDone { stopTimer(&effects) }
    }
    startTimerIfNeeded(&effects)
  }

  mutating func viewChangeTimerFired(_ token: Int, _ effects: inout [Effect]) {
    // A stale timer is ignored; one that is fired by hand counts as its own.
    guard
      token == Self.forcedToken || token == viewChangeTimer?.token || isOff(.timerCurrent)
    else {
      effects.append(.held(.refused(.timerCurrent)))
      return
    }
    guard !isOff(.timeout) else {
      viewChangeTimer = nil
      return
    }
    // The timer expires: it stops accepting messages and moves to view v + 1 (§4.4).
    effects.append(
      .held(.accepted(.timeout, Values(.ownView, view.number, .view, view.next.number))))
    if !isOff(.backOff) {
      let values = Values(
        .view, view.next.number, .duration, timeout.doubled(isActive ? 0 : 1).microseconds)
      // Only view changes in a row wait longer (§4.5.2).
      effects.append(.held(isActive ? .refused(.backOff, values) : .accepted(.backOff, values)))
    }
    startViewChange(to: view.next, &effects)
  }
}
