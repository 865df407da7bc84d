internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// The linear mode: a line goes in, lines come out.
///
/// It is the same model as on the screen, and lines of the language go the way that they go in the palette; so
/// both modes can do the same, and neither knows more. What a line has done is told as it happened, a sentence for
/// each step that was passed forwards, or after `full` a line for each happening; who goes back is told where that is.
extension Model {
  /// Takes a line and tells what comes of it, without escape codes or control characters.
  ///
  /// What is left to be done with files is the response, as for a key.
  public mutating func hear(_ line: String, tell: (String) -> Void) -> Response {
    func say(_ text: String) { tell(Self.legible(text)) }
    overlay = nil
    notice = nil
    let line = Self.legible(line).trimmed
    guard !line.hasPrefix("#") else { return .none }
    let words = line.split(separator: " ").map { $0.lowercased() }
    var response = Response.none
    if let word = LinearWord(words) {
      response = perform(word, line.split(separator: " ").dropFirst().map(String.init), say)
    } else {
      response = speak(line, say)
    }
    overlay = nil
    tellNotice(tell)
    return response
  }

  /// Tells what the program has answered since, if anything.
  public mutating func tellNotice(_ tell: (String) -> Void) {
    if let notice { tell(LinearWord.inWords(Self.legible(notice.text))) }
    notice = nil
  }

  /// What is told at the beginning.
  public func greet(_ tell: (String) -> Void) {
    func say(_ text: String) { tell(Self.legible(text)) }
    if let title = lesson?.script.title { say(title) }
    if let lesson {
      say("a lesson with \(lesson.total) stops; an empty line leads to the next one")
    } else {
      say("an empty line lets the next event happen")
    }
    say("help lists what can be typed; quit ends")
    for line in Scene(plain).whereLines { say(LinearWord.inWords(line)) }
  }

  /// `step 12 main> `: stands before what is typed on a terminal.
  public var linearPrompt: String {
    "step \(history.step) \(history.branches[history.branch].name)> "
  }

  /// Everything is told without a sign that only some can read.
  var plain: Model {
    var model = self
    model.glyphs = .ascii
    return model
  }

  var plainSpeaker: Speaker { Speaker(digests: world.letters, cluster: cluster) }

  /// A text without anything that a terminal would not show as a character.
  private static func legible(_ text: String) -> String {
    var legible = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\t", "\r", "\n": legible.append(" ")
      case "\u{0}"..<"\u{20}", "\u{7f}"..<"\u{a0}": legible.append("?")
      default: legible.append(scalar)
      }
    }
    return String(legible)
  }

  // MARK: Lines of the language

  /// A command, a question, what is done with files, or a condition, which is answered.
  private mutating func speak(_ line: String, _ say: (String) -> Void) -> Response {
    let vocabulary = Vocabulary(world.configuration)
    do throws(LanguageError) {
      if Query.isQuestion(line) {
        let query = try Query(parsing: line, in: vocabulary)
        plainSpeaker.answer(query, in: world).forEach(say)
        return .none
      }
      if FileCommand.isFileCommand(line) { return enter(line, say) }
      let statement = try Script.Statement(parsing: line, in: vocabulary)
      if case .time(.goTo) = statement { return jump(line, say) }
      let response = follow(say) { model in model.enter(line, say) }
      // A command that did what it says is told by what happened.
      if notice?.text == statement.text { notice = nil }
      return response
    } catch {
      answer(line, unless: error, say)
      return .none
    }
  }

  /// The line in the palette, and Enter.
  private mutating func enter(_ line: String, _ say: (String) -> Void) -> Response {
    overlay = .palette
    prompt.replace(with: line)
    let response = update(.key(.enter))
    if let error = prompt.error { tell(error, in: line, say) }
    if let refusal = prompt.refusal { notice = Notice(refusal: refusal) }
    prompt.replace(with: "")
    return response
  }

  /// A condition is answered; what is none either is told with what was expected.
  private func answer(
    _ line: String, unless mistake: LanguageError, _ say: (String) -> Void
  ) {
    do throws(LanguageError) {
      let condition = try Condition(parsing: line, in: Vocabulary(world.configuration))
      do throws(Refusal) {
        try world.resolve(condition)
        say("\(world.holds(condition) ? "yes" : "no"): \(condition.text)")
      } catch {
        say(error.description)
      }
    } catch {
      // Whoever has got further in it, or begins with a replica, is told what was wrong there.
      let isAboutReplica = line.prefixMatch(of: #/[Rr]\d+ /#) != nil
      tell(error.column > mistake.column || isAboutReplica ? error : mistake, in: line, say)
    }
  }

  private func tell(_ error: LanguageError, in line: String, _ say: (String) -> Void) {
    say(line)
    say(String(repeating: " ", count: max(error.column - 1, 0)) + "^")
    say("column \(error.column): \(error.message)")
    if error.column == 1 { say("help lists what can be typed") }
  }

  // MARK: What has happened since

  /// Does something, and tells what happened on the way.
  mutating func follow(
    _ say: (String) -> Void, _ body: (inout Model) -> Response
  ) -> Response {
    let (start, count) = (moment(history.step), history.branches.count)
    let response = body(&self)
    guard history.branches.count >= count else {
      say(place)
      return response
    }
    let common = lastCommon(with: start)
    if common < start.step, common < history.step { say("back to step \(common), and on:") }
    if history.step > common {
      let (speaker, scene) = (plainSpeaker, Scene(plain))
      history.visit((common + 1)...history.step) { those in
        if !tellsBriefly {
          for happening in those { say(speaker.plain(happening)) }
        } else if let first = those.first {
          say(
            "step \(first.step), \(scene.time(first.time)) s: \(scene.told(those, by: speaker))")
        }
      }
    } else if common < start.step {
      say(place)
    }
    return response
  }

  /// Goes somewhere, and tells only where that is.
  mutating func jump(_ line: String, _ say: (String) -> Void) -> Response {
    let response = enter(line, say)
    if notice?.isRefusal != true { say(place) }
    return response
  }

  /// The last step that the present line shares with the one of an earlier moment.
  private func lastCommon(with earlier: Moment) -> Int {
    var step = min(earlier.step, history.step)
    while step > 0 {
      let there = history.owner(of: Moment(branch: earlier.branch, step: step))
      if there == history.owner(of: step) { break }
      // Neither branch goes back further than to where it began.
      step = max(history.branches[there].fork, history.branches[history.owner(of: step)].fork)
    }
    return step
  }

  /// Where one is now.
  private var place: String {
    "step \(history.step) of \(history.end) on \(history.branches[history.branch].name), "
      + "\(Scene(self).time(world.now)) s"
  }
}
