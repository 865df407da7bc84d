internal import PBFT

extension StableRecord {
  /// What is written: its kind, view, sequence number and digest, where it has them.
  var fields: [(String, JSON)] {
    var fields: [(String, JSON)] = [("record", .string(word))]
    if let view { fields.append(("view", .number(view.number))) }
    if let sequence { fields.append(("sequence", .number(sequence.number))) }
    if let digest { fields.append(("digest", .digest(digest))) }
    if let rule { fields.append(("rule", .string(rule.name))) }
    return fields
  }
}
