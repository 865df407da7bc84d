internal import Cells
internal import PBFT
internal import Simulation

/// How far a replica has come with one number, in letters that can be read from afar.
struct BigState: Equatable {
  var letters: String
  var role: Role
  /// What the letters mean, the longest first.
  var words: [String]
  /// What is still missing, the longest first.
  var tally: [String] = []
  /// The same in digits.
  var digits = ""
}

extension Scene {
  func drawBigPane(
    _ buffer: inout CellBuffer, _ region: Region, _ replica: Replica, _ n: SequenceNumber
  ) {
    let isFocused = model.focus == .replicas && model.replica == replica.id
    let inside = buffer.box(
      region, title: bigTitle(replica, width: region.columns - 4),
      lines: isFocused ? glyphs.heavy : glyphs.light, style: Style(isFocused ? .focus : .frame),
      ellipsis: glyphs.ellipsis)
    let state = bigState(replica, n, in: world)
    let was = bigState(before.replicas[replica.id.index], n, in: before)
    let spare = inside.rows - BlockLetters.height
    var rest = inside
    func below(_ texts: [String], _ style: Style, isNew: Bool) {
      let (line, others) = rest.split(bottom: 1)
      put(&buffer, fitting(line.columns, texts), in: line, style: style.changed(if: isNew))
      rest = others
    }
    if spare >= 1 { below(state.tally, .plain, isNew: state.tally != was.tally) }
    if spare >= 2 {
      below(state.words, Style(state.role, .bold), isNew: state.words != was.words)
    }
    if spare >= 3 { rest = drawBigView(&buffer, rest, replica) }
    if spare >= 5 { rest = rest.inset(vertically: 1) }
    // Where there is as much room again, what is missing is told as large. Both stand where they do in the
    // other panes, and are as large.
    let halves = rest.rows(2, gap: 1)
    let (upper, lower) = (BlockLetters.scale(in: halves[0].size), BlockLetters.scale(in: rest.size))
    if let upper, let lower, upper == lower || upper.columns * 20 >= rest.columns {
      buffer.put(BlockLetters(state.digits), in: halves[1], dot: glyphs.full, style: .plain)
      rest = halves[0]
    }
    let style = Style(state.role, .bold)
    if !buffer.put(BlockLetters(state.letters), in: rest, dot: glyphs.full, style: style) {
      put(&buffer, state.letters, in: rest.row(rest.rows / 2), style: style)
    }
    markRows(&buffer, inside, at: region.x)
  }

  /// The view, in the first row; returns what is left.
  private func drawBigView(
    _ buffer: inout CellBuffer, _ region: Region, _ replica: Replica
  ) -> Region {
    let (line, rest) = region.split(top: 1)
    let view = (replica.isActive ? "" : "to ") + "view \(replica.view.number)"
    let isNew = hasChanged {
      [$0.replicas[replica.id.index].view.number, $0.replicas[replica.id.index].isActive ? 1 : 0]
    }
    put(&buffer, view, in: line, style: Style.plain.changed(if: isNew))
    return rest
  }

  /// A text in the middle of a row.
  private func put(_ buffer: inout CellBuffer, _ text: String, in line: Region, style: Style) {
    let place = line.centred(Size(columns: text.columns, rows: 1))
    buffer.put(
      text, at: place.origin, style: style, maxWidth: place.columns, ellipsis: glyphs.ellipsis)
  }

  /// Name, marks and the word for its role.
  private func bigTitle(_ replica: Replica, width: Int) -> [Span] {
    let id = replica.id
    let leads = world.leads(id)
    let isWrong = world.isFaulty(id) || world.isCrashed(id)
    let style: Style = isWrong ? .fault : leads ? Style(.leader) : Style(.plain, .bold)
    let marks =
      (leads ? " \(text(glyphs.primary))" : "")
      + (world.isFaulty(id) ? " \(text(glyphs.faulty))" : "")
    let told = fitting(
      width,
      conditionWords(id, world).map { " \(id)\(marks) \($0) " } + ["\(id)\(marks)", "\(id)"])
    return [Span(told, style)]
  }

  /// How far a replica has come with a number.
  func bigState(_ replica: Replica, _ n: SequenceNumber, in world: World) -> BigState {
    if world.isCrashed(replica.id) {
      return BigState(
        letters: "✗", role: .fault, words: ["CRASHED"], tally: ["answers nothing", "silent"])
    }
    if !replica.isActive { return changing(replica) }
    if n <= replica.lastExecuted {
      return BigState(
        letters: "✓", role: .done, words: ["executed"],
        tally: ["n \(n.number) is done", "n\(n.number) done", "done"])
    }
    let slot = replica.log[n]
    let (prepares, commits) = (prepares(slot, world), commits(slot, world))
    switch slot?.phase(in: world.settings) ?? .empty {
    case .committed:
      let next = replica.lastExecuted.next
      return BigState(
        letters: "C", role: .commit, words: ["committed"],
        tally: next < n ? ["waits for n \(next.number)", "after n\(next.number)"] : [])
    case .prepared:
      return BigState(
        letters: "P", role: .prepare, words: ["prepared"], tally: told(commits, "COMMITs", "C"),
        digits: "\(commits.have)/\(commits.need)")
    case .prePrepared:
      return BigState(
        letters: "PP", role: .prePrepare, words: ["pre-prepared", "proposed"],
        tally: told(prepares, "PREPAREs", "P"), digits: "\(prepares.have)/\(prepares.need)")
    case .empty:
      if let proof = slot?.certificate {
        return BigState(
          letters: "P", role: .viewChange,
          words: ["prepared in \(proof.view)", "proof \(proof.view)"],
          tally: ["no proposal yet", "waits"])
      }
      return BigState(letters: "-", role: .quiet, words: ["no proposal", "nothing"])
    }
  }

  /// On its way into a view: how many ask for it too, as far as it has heard.
  private func changing(_ replica: Replica) -> BigState {
    let asking = Tally(
      have: replica.viewChanges.count { $0.view == replica.view }, need: settings.needs.quorum)
    return BigState(
      letters: "VC", role: .viewChange, words: ["view change", "changing"],
      tally: told(asking, "VIEW-CHANGEs", "VC"), digits: "\(asking.have)/\(asking.need)")
  }

  private func told(_ tally: Tally, _ word: String, _ letter: String) -> [String] {
    [
      "\(tally.have) of \(tally.need) \(word)", "\(tally.have)/\(tally.need) \(word)",
      "\(tally.have) of \(tally.need) \(letter)", "\(tally.have)/\(tally.need) \(letter)",
      "\(tally.have)/\(tally.need)",
    ]
  }
}
