internal import PBFT
internal import Simulation

/// What the lines of a session say, part by part; each leaves the reader where the next one expects it.
extension SessionWriter {
  private mutating func tell(_ command: TimeCommand) { lines.append(command.text) }

  mutating func go(to target: Place) {
    guard target != place else { return }
    let name = branches.first { $0.id == target.branch }?.name
    tell(.goTo(step: target.step, branch: target.branch == place.branch ? nil : name))
    place = target
  }

  // MARK: Branches

  /// Branches that are there no more; the reader forgets with each what parted from it.
  mutating func tellForgotten(_ history: History) {
    let kept = Set(history.branches.map(\.id))
    let gone = branches.filter { !kept.contains($0.id) }
    if gone.isEmpty { return }
    if !kept.contains(place.branch) { go(to: Place(branch: 0, step: 0)) }
    for branch in gone {
      if let parent = branch.parent, kept.contains(parent) { tell(.forget(branch.name)) }
    }
    branches.removeAll { !kept.contains($0.id) }
    stops.removeAll { !kept.contains($0.place.branch) }
  }

  /// New names of branches that the reader knows.
  mutating func tellNames(_ history: History) {
    var waiting = branches.indices.filter { branches[$0].name != history.branches[$0].name }
    while let first = waiting.first {
      if let free = waiting.firstIndex(where: { isFree(history.branches[$0].name, for: $0) }) {
        let index = waiting.remove(at: free)
        rename(index, to: history.branches[index].name)
      } else {
        // Names that go round: one steps aside, and the others follow.
        var number = 1
        while !isFree("aside-\(number)", for: first)
          || history.index(named: "aside-\(number)") != nil
        { number += 1 }
        rename(first, to: "aside-\(number)")
      }
    }
  }

  /// Whether no other branch that the reader knows has this name.
  private func isFree(_ name: String, for index: Int) -> Bool {
    !branches.indices.contains {
      $0 != index && branches[$0].name.lowercased() == name.lowercased()
    }
  }

  private mutating func rename(_ index: Int, to name: String) {
    if place.branch != branches[index].id {
      go(to: Place(branch: branches[index].id, step: branches[index].end))
    }
    tell(.name(name))
    branches[index].name = name
  }

  // MARK: Deeds

  /// What the reader does not know of a branch.
  mutating func tellDeeds(of index: Int, _ history: History) {
    let branch = history.branches[index]
    let isNew = index == branches.count
    if isNew { open(index, history) }
    var told = branches[index].end
    guard isNew || told < branch.end else { return }
    go(to: Place(branch: branch.id, step: told))
    let first = (told / Self.interval + 1) * Self.interval
    let steps = Array(stride(from: first, to: branch.end, by: Self.interval)) + [branch.end]
    for (step, hash) in zip(steps, history.hashes(of: index, at: steps)) {
      lines += history.deeds(of: index, after: told, upTo: step).map(\.text)
      lines.append(Session.Entry.state(step: step, hash).text)
      told = step
    }
    branches[index].end = branch.end
    place = Place(branch: branch.id, step: branch.end)
  }

  /// Its first deed opens a branch where it parts; then it gets its name.
  private mutating func open(_ index: Int, _ history: History) {
    let branch = history.branches[index]
    guard let parent = branch.parent.map({ history.branches[$0] }) else { return }
    go(to: Place(branch: parent.id, step: branch.fork))
    let first = branch.fork + 1
    lines += history.deeds(of: index, after: branch.fork, upTo: first).map(\.text)
    tell(.name(branch.name))
    branches.append(Told(id: branch.id, parent: parent.id, name: branch.name, end: first))
    place = Place(branch: branch.id, step: first)
  }

  // MARK: What is kept with a history

  mutating func tellNotes(of index: Int, _ history: History) {
    let (old, new) = (branches[index].notes, history.branches[index].notes)
    if old == new { return }
    let id = branches[index].id
    for note in old where !new.contains(where: { $0.step == note.step }) {
      go(to: Place(branch: id, step: note.step))
      tell(.note(""))
    }
    for note in new where !old.contains(note) {
      go(to: Place(branch: id, step: note.step))
      tell(.note(note.text))
    }
  }

  mutating func tellStops(_ new: [Stop]) {
    var told = stops.count
    if !new.starts(with: stops) {
      lines.append(Session.Entry.reached(0).text)
      told = 0
    }
    for stop in new[told...] {
      go(to: stop.place)
      lines.append(Session.Entry.reached(stop.number).text)
    }
  }

  mutating func tellBreakpoints(_ new: [Condition]) {
    var known = breakpoints
    if !new.starts(with: known.filter(new.contains)) {
      tell(.breakOff(nil))
      known = []
    }
    for condition in known where !new.contains(condition) { tell(.breakOff(condition)) }
    for condition in new where !known.contains(condition) { tell(.breakAt(condition)) }
  }
}

extension Deed {
  /// The line of the language that does this again.
  ///
  /// A single event is a command: where a branch parts, `step 1` would go along what is known.
  fileprivate var text: String {
    switch self {
    case .steps(1): Command.step.text
    case .steps(let count): TimeCommand.forward(count).text
    case .wait(let time): Command.run(time).text
    case .command(let command): command.text
    }
  }
}
