public import PBFT
public import Simulation

/// Sentences that were really told: of each verdict of each rule, and of each link of a chain, the first.
public struct Examples: Hashable, Sendable {
  private var verdicts: [Finding: String] = [:]
  private var reasons: [Reason.Topic: String] = [:]

  public init() {}

  /// The first sentence about this verdict of a rule, or nil.
  public subscript(rule: Rule, verdict: Verdict) -> String? { verdicts[Finding(rule, verdict)] }

  /// The first sentence about this link of a chain, or nil.
  public subscript(topic: Reason.Topic) -> String? { reasons[topic] }

  /// Takes note of what something that happened tells of the rules.
  public mutating func note(_ happening: Happening, _ speaker: Speaker) {
    guard let (finding, kind) = happening.kind.decision else { return }
    note(finding, of: kind, speaker)
  }

  /// Takes note of a finding, and of all that follows from it.
  public mutating func note(
    _ finding: Finding, of kind: Message.Kind? = nil, _ speaker: Speaker
  ) {
    finding.conclusions(of: kind) { told in
      let key = Finding(told.rule, told.verdict)
      if verdicts[key] == nil { verdicts[key] = speaker.sentence(told) }
    }
  }

  /// Takes note of every link of a chain.
  public mutating func note(_ reason: Reason, _ speaker: Speaker) {
    let topic = reason.fact.topic
    if reasons[topic] == nil { reasons[topic] = speaker.head(Reason(reason.fact)) }
    for cause in reason.causes { note(cause, speaker) }
  }
}
