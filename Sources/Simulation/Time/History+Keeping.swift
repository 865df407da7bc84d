internal import PBFT

/// What is kept with a history: names, notes and breakpoints, and which branches.
extension History {
  // MARK: Branches

  mutating func rename(_ name: String) throws(Refusal) {
    guard Branch.isName(name) else {
      throw Refusal(
        "\(name) is no name of a branch",
        help: "1 to \(Branch.longestName) letters, digits, - and _, not only digits, make one")
    }
    if let other = index(named: name), other != branch {
      throw Refusal("another branch is called \(name)")
    }
    branches[branch].name = name
  }

  mutating func forget(_ name: String) throws(Refusal) {
    let target = try known(name)
    guard target != 0 else { throw Refusal("the first branch holds the beginning") }
    var gone = Set([target])
    // Those that parted from a branch come after it.
    for index in branches.indices {
      if let parent = branches[index].parent, gone.contains(parent) { gone.insert(index) }
    }
    guard !gone.contains(branch) else {
      throw Refusal("the present moment is on \(name)", help: "go to another branch first")
    }
    var places: [Int?] = []
    var kept: [Branch] = []
    for index in branches.indices {
      places.append(gone.contains(index) ? nil : kept.count)
      if gone.contains(index) {
        stepCount -= branches[index].end - branches[index].fork
      } else {
        kept.append(branches[index])
      }
    }
    for index in kept.indices { kept[index].parent = kept[index].parent.flatMap { places[$0] } }
    branches = kept
    branch = places[branch] ?? 0
  }

  // MARK: Notes

  /// The sentence attached to a step of the present line.
  public func note(at step: Int) -> String? {
    branches[owner(of: step)].notes.first { $0.step == step }?.text
  }

  mutating func setNote(_ text: String) throws(Refusal) {
    guard text.utf8.count <= Note.longestText else {
      throw Refusal("a note of \(text.utf8.count) bytes", help: "\(Note.longestText) are the most")
    }
    let here = owner(of: step)
    let step = step
    branches[here].notes.removeAll { $0.step == step }
    guard !text.isEmpty else { return }
    let after = branches[here].notes.firstIndex { $0.step > step }
    let note = Note(step: step, text: text)
    branches[here].notes.insert(note, at: after ?? branches[here].notes.endIndex)
  }

  // MARK: Breakpoints

  mutating func removeBreakpoint(_ condition: Condition?) throws(Refusal) {
    guard let condition else {
      breakpoints = []
      return
    }
    guard let index = breakpoints.firstIndex(of: condition) else {
      throw Refusal("there is no such breakpoint", help: "`break off` takes all away")
    }
    breakpoints.remove(at: index)
  }
}
