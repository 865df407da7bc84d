/// What the laboratory does to a replica while it runs.
extension Replica {
  /// Goes by these settings from now on, and draws at once what follows from them: with a smaller quorum
  /// something may be prepared that was not.
  public mutating func use(_ settings: Settings, into effects: inout [Effect]) {
    use(settings)
    if !isOff(.garbageCollection), let proof = undiscarded {
      undiscarded = nil
      moveWatermarks(proof, &effects)
    }
    if isActive || isOff(.active) {
      for n in log.numbers {
        if let place = log.find(n) { progress(at: place, &effects) }
      }
    }
    execute(&effects)
    for n in ownCheckpoints.map(\.sequence) { stabilise(n, &effects) }
    propose(&effects)
    updateResendTimer(&effects)
    if settings.idleInterval != nil { updateIdleTimer(&effects) }
  }

  /// Goes by these settings from now on; what follows from them is drawn with the next event.
  public mutating func use(_ settings: Settings) {
    precondition(settings.logSize == self.settings.logSize, "L cannot change in a running world")
    self.settings = settings
    log.reach = settings.windowSize
    for place in log.slots.indices { log.slots[place].countAgain(in: settings) }
  }
}
