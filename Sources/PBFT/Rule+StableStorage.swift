extension Rule {
  /// The catalogue's page of a rule about what is written before which message.
  var stableStorageEntry: Entry {
    let (title, sentence) =
      switch self {
      case .durablePrePrepared:
        (
          "Vote on disk",
          "The PRE-PREPARE and its requests are on the disk before the PRE-PREPARE or PREPARE for them leaves."
        )
      case .durablePrepared:
        (
          "Certificate on disk",
          "The prepared certificate is on the disk before the COMMIT leaves."
        )
      case .durableView:
        (
          "View on disk",
          "The number of the view asked for is on the disk before the VIEW-CHANGE leaves, so that no restart leads back."
        )
      case .durableNewView:
        (
          "New view on disk",
          "V and O are on the disk before the NEW-VIEW, or a vote for what is in O, leaves."
        )
      case .durableCheckpoint:
        (
          "State on disk",
          "The state that a CHECKPOINT promises is on the disk before the CHECKPOINT leaves."
        )
      default:
        (
          "Execution on disk",
          "What is executed is on the disk before a reply leaves, so that a restart repeats it."
        )
      }
    return Entry(
      title: title, section: "stable storage", sentence: sentence,
      protects: self == .durableCheckpoint ? .liveness : .safety)
  }
}
