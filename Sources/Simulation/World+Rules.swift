internal import PBFT

/// Rules are taken away and given back while the world runs.
extension World {
  func check(_ rule: Rule, isOn: Bool) throws(Refusal) {
    guard isOn == rulesOff.contains(rule) else {
      throw Refusal(
        "the rule \(rule.name) is \(isOn ? "on" : "off") already",
        help: "`rule \(rule.name) \(isOn ? "off" : "on")` changes it")
    }
    if !isOn, let reason = rule.cannotBeOff {
      throw Refusal("the rule \(rule.name) cannot be off: \(reason)")
    }
    if isOn, rule == .clusterSize, !cluster.hasRightSize {
      throw Refusal(
        "the rule cluster-size cannot be on: n = \(cluster.replicaCount) is not 3f + 1",
        help: "begin a world of 4, 7, 10 or 13 replicas")
    }
  }

  /// All replicas and clients go by the new rules at once.
  mutating func change(
    _ rule: Rule, isOn: Bool, _ command: Command, _ happenings: inout [Happening]
  ) {
    if isOn { settings.rulesOff.remove(rule) } else { settings.rulesOff.insert(rule) }
    happened(.fault(command), &happenings)
    for index in clients.indices { clients[index].use(settings) }
    // Everybody first, so that nobody answers by the old rules.
    for index in replicas.indices { replicas[index].use(settings) }
    for index in replicas.indices where !crashed[index] {
      var effects = takeScratch()
      replicas[index].use(settings, into: &effects)
      carryOut(&effects, of: .replica(replicas[index].id), &happenings)
    }
  }
}
