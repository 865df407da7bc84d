internal import PBFT

/// The numbers of a finding as words; what is missing is told without its number.
struct Facts {
  let values: Values
  let speaker: Speaker

  subscript(_ quantity: Quantity) -> Int? { values[quantity] }

  /// `n = 14`, or `n`.
  var n: String { named("n", .n) }
  var low: String { named("h", .low) }
  var high: String { named("H", .high) }
  /// The view of the message: `v1`, or `its view`.
  var view: String { values[.view].map { "v\($0)" } ?? "its view" }
  var ownView: String { values[.ownView].map { "v\($0)" } ?? "the replica's own" }
  var replica: String { Self.replica(values[.replica]) ?? "the sender" }
  var timestamp: String { named("t", .timestamp) }

  /// `last executed + W = 4 + 5`.
  var reach: String {
    guard let executed = values[.executed], let window = values[.window] else {
      return "last executed + W"
    }
    return "last executed + W = \(executed) + \(window)"
  }

  /// `alice/3`.
  var request: String {
    guard values[.client] != nil, let number = values[.timestamp] else { return "the request" }
    return "\(client)/\(number)"
  }

  var client: String { Self.client(values[.client]) ?? "the client" }

  /// `2 s`.
  var duration: String { values[.duration].map { Times.text(microseconds: $0) } ?? "a while" }

  var have: String { values[.have].map { "\($0)" } ?? "so many" }

  func named(_ name: String, _ quantity: Quantity) -> String {
    values[quantity].map { "\(name) = \($0)" } ?? name
  }

  func digest(_ quantity: Quantity) -> String {
    values[quantity].map { speaker.name(ofDigestNumbered: $0) } ?? "another"
  }

  /// `2 of 2f = 2`.
  func tally(_ formula: String, _ size: Int) -> String {
    let need = Self.need(formula, size, values[.need] ?? size)
    return values[.have].map { "\($0) of \(need)" } ?? need
  }

  /// `2f = 2`, or `1 instead of 2f = 2`: where a rule is off it takes another number, and the formula is
  /// only what the paper says.
  static func need(_ formula: String, _ size: Int, _ number: Int) -> String {
    number == size ? "\(formula) = \(size)" : "\(number) instead of \(formula) = \(size)"
  }

  /// Whether as many are there as it takes.
  var isEnough: Bool {
    guard let have = values[.have], let need = values[.need] else { return false }
    return have >= need
  }

  static func replica(_ number: Int?) -> String? {
    guard let number, (0...255).contains(number) else { return nil }
    return ReplicaID(number).description
  }

  static func client(_ number: Int?) -> String? {
    guard let number, (0...255).contains(number) else { return nil }
    return ClientID(number).description
  }

  /// Why n is outside the watermarks.
  var outsideWatermarks: String {
    guard let number = values[.n] else { return "n is outside the watermarks" }
    if let bound = values[.low], number <= bound { return "\(n) is not above \(low)" }
    if let bound = values[.high], number > bound { return "\(n) is above \(high)" }
    return "\(n) is outside the watermarks"
  }

  /// Why a message of another view does not count.
  var otherView: String {
    if let one = values[.view], let own = values[.ownView], one >= own {
      if one == own { return "\(view) is not entered yet" }
      return "\(view) is above \(ownView), the replica's own"
    }
    return values[.ownView] == nil
      ? "\(view) is not the replica's own" : "\(view) is not \(ownView), the replica's own"
  }
}
