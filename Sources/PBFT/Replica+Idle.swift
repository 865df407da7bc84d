/// Null requests of a primary that has nothing to propose (§4.3).
///
/// With few requests the next checkpoint is far, and with it whatever only a checkpoint repairs. The
/// null request is a batch like any other and does nothing.
extension Replica {
  /// The timer runs at the active primary, and starts anew with each proposal.
  mutating func updateIdleTimer(_ effects: inout [Effect]) {
    guard let interval = settings.idleInterval else { return }
    if isActive, isPrimary, transfer == nil, !isOff(.idleNull) {
      guard idleToken == nil else { return }
      let token = nextToken()
      idleToken = token
      effects.append(.setTimer(.idle, token: token, after: interval))
    } else if idleToken != nil {
      idleToken = nil
      effects.append(.stopTimer(.idle))
    }
  }

  mutating func idleTimerFired(_ token: Int, _ effects: inout [Effect]) {
    guard token == Self.forcedToken || token == idleToken || isOff(.timerCurrent) else {
      effects.append(.held(.refused(.timerCurrent)))
      return
    }
    idleToken = nil
    guard isActive, isPrimary, transfer == nil, !isOff(.idleNull) else { return }
    let n = max(lastAssigned, low).next
    let values = Values(.n, n.number, .executed, lastExecuted.number, .high, high.number)
    // Flow control holds for it as for any other batch (§4.2).
    guard mayAssign(n), !isBatchMissing else {
      effects.append(.held(.refused(.idleNull, values)))
      return
    }
    effects.append(.held(.accepted(.idleNull, values)))
    assign(n, to: .null, &effects)
  }
}
