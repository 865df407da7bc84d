internal import PBFT

extension World: Equatable {
  /// Equal in everything that a person, a condition or the future could tell apart.
  ///
  /// How messages are signed is left out: a replay signs ideally, and what is said is the same. So is the
  /// memory that is lent from event to event.
  public static func == (one: World, other: World) -> Bool {
    // What differs most often comes first.
    one.step == other.step && one.now == other.now && one.chance == other.chance
      && one.lastMessageID == other.lastMessageID && one.hasSamePlan(as: other)
      && one.hasSamePeople(as: other) && one.hasSameNetwork(as: other)
      && one.hasSameMemory(as: other)
  }

  private func hasSamePlan(as other: World) -> Bool {
    var plan = configuration
    plan.scheme = other.configuration.scheme
    return plan == other.configuration && settings == other.settings
      && observation == other.observation && load == other.load
  }

  private func hasSamePeople(as other: World) -> Bool {
    replicas == other.replicas && clients == other.clients && crashed == other.crashed
      && disks == other.disks && twins == other.twins && hasTwins == other.hasTwins
      && actsAsTwin == other.actsAsTwin && villains == other.villains
      && misbehaviours == other.misbehaviours && misconducts == other.misconducts
  }

  private func hasSameNetwork(as other: World) -> Bool {
    links == other.links && agenda == other.agenda && arrived == other.arrived
  }

  /// What is remembered of the past.
  private func hasSameMemory(as other: World) -> Bool {
    judge == other.judge && coverage == other.coverage && refusedRules == other.refusedRules
      && digestLetters == other.digestLetters && requests == other.requests
      && acceptedResults == other.acceptedResults
  }
}
