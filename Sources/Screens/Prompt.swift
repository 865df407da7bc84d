internal import Cells
public import Language
internal import PBFT
internal import Simulation

/// The line where commands are typed, and what could follow.
public struct Prompt: Hashable, Sendable {
  public internal(set) var text = ""
  /// The completion chosen with the arrows; nil while typing.
  public internal(set) var choice: Int?
  /// What was wrong with the line when it was entered.
  public internal(set) var error: LanguageError?
  /// Why the world would not do it.
  public internal(set) var refusal: String?

  static let longest = 200

  mutating func insert(_ text: String) {
    for character in text where !character.isNewline {
      if self.text.count < Self.longest { self.text.append(character) }
    }
    changed()
  }

  mutating func deleteLast() {
    if !text.isEmpty { text.removeLast() }
    changed()
  }

  mutating func replace(with text: String) {
    self.text = text
    changed()
  }

  private mutating func changed() {
    choice = nil
    error = nil
    refusal = nil
  }
}

extension Model {
  /// What could follow what is typed.
  var candidates: [Completion] {
    let speaker = Speaker(digests: world.letters, cluster: cluster)
    let context = CompletionContext(
      vocabulary: Vocabulary(world.configuration),
      messages: world.inFlight.map {
        .init($0.id, "\(speaker.short($0.message)) \($0.from)>\($0.to)")
      },
      requests: world.clients.compactMap { $0.outstanding.map { RequestName($0) } },
      digestCount: world.letters.count)
    return completions(for: prompt.text, in: context)
  }

  /// Puts a completion in the place of the unfinished word.
  private mutating func complete(with completion: Completion) {
    let kept = prompt.text.lastIndex(of: " ").map { prompt.text[...$0] } ?? ""
    prompt.replace(with: kept + completion.text + " ")
  }

  mutating func takeInPalette(_ key: Key) {
    switch key {
    case .escape: overlay = nil
    case .enter: enter()
    case .tab:
      let candidates = candidates
      let index = min(prompt.choice ?? 0, max(candidates.count - 1, 0))
      if index < candidates.count { complete(with: candidates[index]) }
    case .up: choose(-1)
    case .down: choose(1)
    case .backspace:
      if prompt.text.isEmpty { overlay = nil } else { prompt.deleteLast() }
    case .control("u"): prompt.replace(with: "")
    case .control("w"):
      var words = prompt.text.split(separator: " ")
      if !words.isEmpty { words.removeLast() }
      prompt.replace(with: words.map { $0 + " " }.joined())
    case .character(let character): prompt.insert(String(character))
    default: break
    }
  }

  private mutating func choose(_ distance: Int) {
    let count = candidates.count
    guard count > 0 else { return }
    let start = prompt.choice ?? (distance > 0 ? -1 : count)
    prompt.choice = (start + distance + count) % count
  }

  private mutating func enter() {
    if let choice = prompt.choice {
      let candidates = candidates
      if choice < candidates.count { complete(with: candidates[choice]) }
      return
    }
    let typed = prompt.text
    guard typed.contains(where: { $0 != " " }) else {
      overlay = nil
      return
    }
    let command: Command
    do {
      command = try Command(parsing: typed, in: Vocabulary(world.configuration))
    } catch {
      prompt.error = error
      return
    }
    if act(command) {
      overlay = nil
    } else {
      prompt.refusal = notice?.text
    }
  }
}
