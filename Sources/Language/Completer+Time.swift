internal import Simulation

extension Completer {
  /// What may follow a word that is about the history; nil where the line is about something else.
  func timeCommand(_ first: String, _ rest: [String]) -> [Completion]? {
    switch first {
    case "step": return rest.isEmpty ? [Completion("12", "so many events")] : []
    case "back": return back(rest)
    case "next": return landmark(rest) ?? []
    case "goto": return goTo(rest)
    case "break":
      if rest.first?.lowercased() == "off" {
        return condition(Array(rest.dropFirst()), isRun: false)
      }
      let off = Completion("off", "no more stops: all, or at this condition")
      return (rest.isEmpty ? [off] : []) + condition(rest, isRun: false)
    case "name": return []
    case "note": return rest.isEmpty ? [Completion("\"", "a sentence in quotation marks")] : []
    case "forget": return rest.isEmpty ? branches : []
    default: return nil
    }
  }

  static func explanation(ofTimeWord word: String) -> String {
    switch word {
    case "back": "back: some steps, a time, to a landmark or a condition"
    case "next": "on to the next landmark"
    case "goto": "to a step, or to the end of a branch"
    case "name": "the present branch is called so"
    case "note": "a sentence at the present moment"
    case "break": "a run stops where a condition becomes true"
    default: "a branch, and all that parted from it, is forgotten"
    }
  }

  private func back(_ rest: [String]) -> [Completion] {
    if rest.first?.lowercased() == "until" {
      return condition(Array(rest.dropFirst()), isRun: false)
    }
    guard let known = landmark(rest) else { return [] }
    let others = [
      Completion("until", "to the latest moment at which a condition became true"),
      Completion("12", "so many steps"),
    ]
    return rest.isEmpty ? others + durations + known : known
  }

  /// The landmarks, or the replica of one; nil behind that.
  private func landmark(_ rest: [String]) -> [Completion]? {
    if rest.isEmpty {
      return Landmark.general.map { Completion($0.word, Self.explanation(of: $0)) }
        + [Completion("at", "the nearest event at a replica")]
    }
    return rest.count == 1 && rest[0].lowercased() == "at" ? replicas : nil
  }

  private static func explanation(of landmark: Landmark) -> String {
    switch landmark {
    case .phase: "a number reaches a phase for the first time"
    case .event: "any of the others but a phase or a note"
    case .view: "a replica is the first in a view"
    case .refusal: "a rule refuses a message"
    case .violation: "an invariant is violated"
    case .checkpoint: "a checkpoint is stable, or a state taken over"
    case .fault: "something is broken or mended by hand"
    case .timeout: "a view-change timer runs out"
    case .at: "something happens at a replica"
    case .note: "a note is attached"
    }
  }

  private func goTo(_ rest: [String]) -> [Completion] {
    switch rest.count {
    case 0:
      return [
        Completion("start", "the beginning"), Completion("end", "the end of this branch"),
        Completion("41", "this step"),
      ] + branches
    case 1 where !branches.contains { $0.text.lowercased() == rest[0].lowercased() }:
      return [Completion("of", "on another branch")]
    case 2 where rest[1].lowercased() == "of": return branches
    default: return []
    }
  }

  private var branches: [Completion] { context.branches.map { Completion($0, "a branch") } }
}
