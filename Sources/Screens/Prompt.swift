internal import Cells
public import Language
internal import PBFT
internal import Simulation

/// The line where commands are typed, and what could follow.
public struct Prompt: Hashable, Sendable {
  public internal(set) var text = ""
  /// The choice taken with the arrows; nil while typing.
  public internal(set) var choice: Int?
  /// What was wrong with the line when it was entered.
  public internal(set) var error: LanguageError?
  /// Why the world would not do it.
  public internal(set) var refusal: String?

  /// Room for the longest note, and the word and the quotes around it.
  static let longest = Note.longestText + 8

  mutating func insert(_ text: String) {
    for character in text where !character.isNewline {
      guard self.text.count < Self.longest else { break }
      self.text.append(character)
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

/// One line that the palette offers.
enum Choice: Hashable, Sendable {
  case key(KeyEntry)
  case word(Completion)
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
      digestCount: world.letters.count, branches: history.branches.map(\.name),
      pages: demos.map { Completion($0.name, $0.title) })
    return completions(for: prompt.text, in: context)
  }

  /// What the palette offers: what keys do as well, then the words that could follow.
  var choices: [Choice] { keyEntries.map(Choice.key) + candidates.map(Choice.word) }

  /// The lines of the key table that have to do with what is typed, those that begin with it first.
  private var keyEntries: [KeyEntry] {
    let typed = prompt.text.lowercased()
    guard !typed.contains(" ") else { return [] }
    let entries = Keys.table.filter {
      $0.action != .palette && $0.action != .close && ($0.group.page ?? page) == page
    }
    if typed.isEmpty { return entries }
    let named = entries.filter { $0.hint.lowercased().hasPrefix(typed) }
    let told = entries.filter { entry in
      !named.contains(entry)
        && (entry.command?.hasPrefix(typed) == true
          || entry.help.split(separator: " ").contains { $0.lowercased().hasPrefix(typed) })
    }
    return named + told
  }

  /// The command that does the same as a key, for what is focused and selected.
  func command(of entry: KeyEntry) -> String? {
    if case .switchRule = entry.action { return switchCommand.text }
    return entry.command?.replacing("R0", with: replica.description)
      .replacing("#1", with: "#\(selected?.id ?? 1)")
  }

  /// Puts a completion in the place of the unfinished word.
  private mutating func complete(with completion: Completion) {
    let kept = prompt.text.lastIndex(of: " ").map { prompt.text[...$0] } ?? ""
    // What ends so goes on with a value: `alice/1>` with replicas, `seed=` with a number.
    let isOpen = completion.text.hasSuffix(">") || completion.text.hasSuffix("=")
    prompt.replace(with: kept + completion.text + (isOpen ? "" : " "))
  }

  mutating func takeInPalette(_ key: Key) -> Response {
    switch key {
    case .escape: overlay = nil
    case .enter: return enter()
    case .tab: complete()
    case .up: choose(-1)
    case .down: choose(1)
    case .left: chooseColumn(ofKeys: true)
    case .right: chooseColumn(ofKeys: false)
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
    return .none
  }

  /// Takes the words of the choice into the line; without a choice, the first that could follow.
  private mutating func complete() {
    let choices = choices
    let first = choices.first { if case .word = $0 { true } else { false } } ?? choices.first
    let chosen = prompt.choice.flatMap { $0 < choices.count ? choices[$0] : nil }
    switch chosen ?? first {
    case .word(let word): complete(with: word)
    case .key(let entry):
      guard let command = command(of: entry) else {
        prompt.refusal = "\(entry.hint) has no words; Enter does it, and so does the key"
        return
      }
      prompt.replace(with: command)
    case nil: break
    }
  }

  /// To the first of the keys, or of the words beside them.
  private mutating func chooseColumn(ofKeys isKeys: Bool) {
    let choices = choices
    let index = choices.firstIndex { if case .key = $0 { isKeys } else { !isKeys } }
    if let index { prompt.choice = index }
  }

  private mutating func choose(_ distance: Int) {
    let count = choices.count
    guard count > 0 else { return }
    let start = prompt.choice ?? (distance > 0 ? -1 : count)
    prompt.choice = (start + distance + count) % count
  }

  /// A sentence that goes on to the end of the line need not be closed.
  private static func closed(_ line: String) -> String {
    var isOpen = false
    var isEscaped = false
    for character in line {
      if character == "\"", !isEscaped { isOpen.toggle() }
      isEscaped = character == "\\" && !isEscaped
    }
    return isOpen && !isEscaped ? line + "\"" : line
  }

  private mutating func enter() -> Response {
    if let choice = prompt.choice {
      let choices = choices
      guard choice < choices.count else { return .none }
      switch choices[choice] {
      case .word(let word): complete(with: word)
      case .key(let entry):
        overlay = nil
        return perform(entry.action)
      }
      return .none
    }
    let typed = Self.closed(prompt.text)
    guard typed.contains(where: { $0 != " " }) else {
      overlay = nil
      return .none
    }
    do {
      let vocabulary = Vocabulary(world.configuration)
      if Query.isQuestion(typed) {
        ask(try Query(parsing: typed, in: vocabulary))
        return .none
      }
      if FileCommand.isFileCommand(typed) {
        return carryOut(try FileCommand(parsing: typed, in: vocabulary))
      }
      let statement = try Script.Statement(parsing: typed, in: vocabulary)
      carryOut(statement)
    } catch {
      // What only a key does is done by its word too; other words begin lines of the language.
      if let entry = wordlessEntry(typed) {
        overlay = nil
        return perform(entry.action)
      }
      prompt.error = error
    }
    return .none
  }

  /// The line of the key table with this hint, if the language has no words for what it does.
  private func wordlessEntry(_ typed: String) -> KeyEntry? {
    let word = typed.trimmed.lowercased()
    return keyEntries.first { $0.hint.lowercased() == word && command(of: $0) == nil }
  }

  /// A question: about a cell of the grid in the window that is there for it, others in their own.
  private mutating func ask(_ query: Query) {
    if case .cell(let asked, let milestone, let n) = query, asked.index < world.replicas.count {
      replica = asked
      overlay = .why(WhyCell(n, milestone))
    } else {
      overlay = .question(query, scroll: 0)
    }
  }

  /// A line as in a file: a command is carried out, an expectation answered.
  private mutating func carryOut(_ statement: Script.Statement) {
    switch statement {
    case .command(let command):
      if act(command) { overlay = nil } else { prompt.refusal = notice?.text }
    case .expect(let condition), .control(let condition):
      overlay = nil
      notice =
        world.holds(condition)
        ? Notice("it is so: \(condition.text)") : Notice(refusal: "it is not so: \(condition.text)")
    case .time(let command):
      if act(command) { overlay = nil } else { prompt.refusal = notice?.text }
    case .say, .stop:
      prompt.refusal = "say and stop lead a lesson; they stand in a file"
    }
  }
}
