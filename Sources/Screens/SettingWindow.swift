internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// The window in which a setting gets another value: one of a few, or what is typed.
public struct SettingWindow: Hashable, Sendable {
  /// What is changed in it.
  enum Subject: Hashable, Sendable {
    case world(Setting)
    /// How fast a run goes; that changes at once.
    case pace
  }

  let subject: Subject
  /// The chosen line; the last is what is typed.
  var choice: Int
  var typed = ""

  /// The longest value that can be typed.
  static let longest = 40

  /// With the present value chosen.
  init(_ subject: Subject, in model: Model) {
    self.subject = subject
    let value = model.value(of: subject)
    let place = SettingWindow.values(of: subject).firstIndex { $0.text == value }
    choice = place ?? 0
  }

  /// The values that are offered.
  var values: [Completion] { Self.values(of: subject) }

  private static func values(of subject: Subject) -> [Completion] {
    switch subject {
    case .world(let setting): setting.values
    case .pace: Speed.allCases.map { Completion($0.word, $0.meaning) }
    }
  }

  var name: String {
    switch subject {
    case .world(let setting): setting.word
    case .pace: "pace"
    }
  }

  var explanation: String {
    switch subject {
    case .world(let setting): setting.explanation
    case .pace: "how fast time goes while it runs; * and _ change it too"
    }
  }

  /// Whether something else can be typed.
  var takesText: Bool { if case .world = subject { true } else { false } }

  /// The value of a line; nil where nothing is typed yet.
  func value(_ line: Int) -> String? {
    if values.indices.contains(line) { return values[line].text }
    return typed.isEmpty ? nil : typed
  }
}

extension Speed {
  /// What it is good for.
  var meaning: String {
    switch self {
    case .slowest: "an event in 1.5 s: to talk about each"
    case .slow: "an event in 0.7 s"
    case .normal: "an event in 0.3 s: the ordinary"
    case .fast: "eight events in a second"
    case .faster: "twenty events in a second"
    case .fastest: "ten events in every picture: to where something happens"
    }
  }
}

extension Model {
  /// The value of what the window changes, as it is written.
  func value(of subject: SettingWindow.Subject) -> String {
    switch subject {
    case .world(let setting): setting.text(in: draft)
    case .pace: speed.word
    }
  }

  /// The world with another value, or why there is none with it.
  func changed(
    _ setting: Setting, to text: String
  ) -> Result<Configuration, LanguageError> {
    do throws(LanguageError) {
      return .success(try setting.set(to: text, in: draft))
    } catch {
      return .failure(error)
    }
  }

  /// Why a value cannot be taken, with one that can; nil if it can.
  func obstacle(to text: String, _ subject: SettingWindow.Subject) -> String? {
    guard case .world(let setting) = subject,
      case .failure(let error) = changed(setting, to: text)
    else { return nil }
    return error.message
      + (nearest(to: text, setting).map { "; \(setting.word)=\($0) would do" } ?? "")
  }

  /// Of the values that are offered, the nearest that can be taken.
  private func nearest(to text: String, _ setting: Setting) -> String? {
    func number(_ text: String) -> Int { Int(text.prefix { $0.isNumber }) ?? 0 }
    let wanted = number(text)
    let possible = setting.values.map(\.text).filter { value in
      if case .success = changed(setting, to: value) { true } else { false }
    }
    return possible.min { abs(number($0) - wanted) < abs(number($1) - wanted) }
  }

  /// Whether the key meant the window; others do what they always do.
  mutating func takeInSetting(_ key: Key, _ window: SettingWindow) -> Bool {
    var window = window
    let last = window.values.count - (window.takesText ? 0 : 1)
    switch key {
    case .up: window.choice = max(window.choice - 1, 0)
    case .down: window.choice = min(window.choice + 1, last)
    case .pageUp, .home: window.choice = 0
    case .pageDown, .end: window.choice = last
    case .enter:
      _ = takeValue(window)
      return true
    case .backspace where window.takesText:
      if window.typed.isEmpty { window.choice = 0 } else { window.typed.removeLast() }
    case .character(let character) where Self.isOfValue(character, window):
      guard window.typed.count < SettingWindow.longest else { return true }
      window.typed.append(character)
      window.choice = last
    default: return false
    }
    overlay = .setting(window)
    return true
  }

  /// A digit begins a value, and letters go on with it; a word is typed where a word is wanted.
  private static func isOfValue(_ character: Character, _ window: SettingWindow) -> Bool {
    guard window.takesText, character.isASCII else { return false }
    if character.isNumber || !window.typed.isEmpty {
      return character.isNumber || character.isLetter || character == "." || character == "-"
    }
    return character.isLetter && window.values.contains { $0.text.hasPrefix(String(character)) }
  }

  /// Takes the value of the chosen line, or says why not.
  mutating func takeValue(_ window: SettingWindow) -> Response {
    guard let value = window.value(window.choice) else {
      notice = Notice(refusal: "type a value for \(window.name) first")
      return .none
    }
    switch window.subject {
    case .pace:
      speed = Speed.allCases[min(window.choice, Speed.allCases.count - 1)]
      notice = Notice("pace \(speed.word): \(speed.meaning)")
    case .world(let setting):
      guard case .success(let configuration) = changed(setting, to: value) else {
        notice = Notice(refusal: obstacle(to: value, window.subject) ?? "")
        return .none
      }
      opening.draft = configuration
      notice = Notice("\(setting.word)=\(value) for the next world: Begin anew starts it")
    }
    overlay = nil
    return .none
  }
}
