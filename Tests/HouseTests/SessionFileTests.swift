import Foundation
import Language
import PBFT
import Simulation
import Testing

/// Sessions in files, as the program takes them.
@Suite struct `Sessions that cannot be loaded` {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// A request, a crash, and the request without the crash: two branches.
  private static func session() throws -> [String] {
    var history = History(Configuration())
    try history.perform(.request(ClientID(0), .append(key: "x", value: "a")))
    try history.perform(TimeCommand.forward(8))
    try history.perform(.crash(ReplicaID(0)))
    try history.perform(TimeCommand.forward(6))
    try history.perform(TimeCommand.goTo(step: 9, branch: nil))
    try history.perform(.crash(ReplicaID(1)))
    try history.perform(TimeCommand.forward(5))
    let page = Script(title: "A session", lines: [])
    return SessionWriter.file(page, history, program: "0.1").split(separator: "\n").map(String.init)
  }

  /// What is done to a file, which line is told of, and some words that must be told.
  enum Damage: CaseIterable {
    case version, cutOff, unknownWord, impossible, otherHash, noHash, page

    func damage(_ lines: inout [String]) throws -> (line: Int, words: String) {
      func place(_ start: String) throws -> Int {
        try #require(lines.firstIndex { $0.hasPrefix(start) })
      }
      let index: Int
      switch self {
      case .version:
        index = try place("session 1")
        lines[index].replace("session 1", with: "session 2")
        return (index + 1, "this session is of version 2; this program reads version 1")
      case .cutOff:
        index = lines.count - 1
        lines[index] = String(lines[index].dropLast(3))
        return (index + 1, "the last line is cut off")
      case .unknownWord:
        index = try place("crash R1")
        lines[index] = "crsh R1"
        return (index + 1, "did you mean \"crash\"?")
      case .impossible:
        index = try place("crash R1")
        lines[index] = "restart R1"
        return (index + 1, "R1 is running")
      case .otherHash:
        index = try #require(lines.lastIndex { $0.hasPrefix("state ") })
        let hash = try #require(lines[index].split(separator: "~").last)
        lines[index].replace(hash, with: "0123456789abcdef")
        return (index + 1, "not ~0123… as it was saved")
      case .noHash:
        index = try place("state")
        lines[index].removeLast(2)
        return (index + 1, "is no hash of a state")
      case .page:
        index = try place("world")
        lines[index] += " n=5"
        return (index + 1, "n is set twice")
      }
    }
  }

  @Test(arguments: Damage.allCases)
  func `one line says where and what can be loaded, and the file is left as it was`(
    damage: Damage
  ) throws {
    var lines = try Self.session()
    let (line, words) = try damage.damage(&lines)
    let text = lines.joined(separator: "\n") + (damage == .cutOff ? "" : "\n")
    let path = try scratch.file(text, "session.pbft")

    for arguments in ["\(path)", "resume \(path)"] {
      let result = try Program.run(arguments)
      let asked = "\(damage): \(arguments): \(result.output)"
      // A torn end is what `resume` mends, on the screen.
      if damage == .cutOff, arguments != path {
        #expect(result.output.contains("the screen needs a terminal"), "\(asked)")
        continue
      }
      #expect(result.status == 2, "\(asked)")
      #expect(result.output.split(separator: "\n").count == 1, "\(asked)")
      #expect(result.output.contains("session.pbft: line \(line)"), "\(asked)")
      #expect(result.output.contains(words), "\(asked)")
      if damage == .page {
        #expect(!result.output.contains("can be loaded"), "\(asked)")
        continue
      }
      #expect(result.output.contains("can be loaded"), "\(asked)")
      #expect(result.output.contains(": `pbftscope \(path) --to-line "), "\(asked)")
      if damage != .version { #expect(result.output.contains(", step "), "\(asked)") }
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(text.utf8))

    // What was offered can be loaded: then only the terminal is missing.
    if damage == .page { return }
    let offer = try Program.run(path).output.firstMatch(of: #/--to-line (\d+)`/#)
    let offered = try #require(offer?.output.1)
    let rest = try Program.run("\(path) --to-line \(offered)")
    #expect(rest.output.contains("the screen needs a terminal"), "\(rest.output)")
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(text.utf8))
  }

  @Test func `a journal torn anywhere goes on, as soon as there is a session in it`() throws {
    let whole = Array((try Self.session().joined(separator: "\n") + "\n").utf8)
    let heading = try #require(whole.firstRange(of: Array("session 1 \"0.1\"\n".utf8)))
    for count in stride(from: 0, to: whole.count, by: 11) {
      let path = "\(scratch.path)/torn.pbft"
      let torn = Data(whole[..<count])
      try torn.write(to: URL(fileURLWithPath: path))
      let result = try Program.run("resume \(path)")
      let asked = "\(count) bytes: \(result.output)"
      #expect(result.status == 2, "\(asked)")
      #expect(result.output.split(separator: "\n").count == 1, "\(asked)")
      let goesOn = result.output.contains("the screen needs a terminal")
      #expect(goesOn == (count >= heading.upperBound), "\(asked)")
      // Without a terminal nothing is cut off.
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == torn, "\(asked)")
    }
  }

  @Test func `whatever bytes are in a session, it is loaded or refused in one line`() throws {
    let whole = Array((try Self.session().joined(separator: "\n") + "\n").utf8)
    for seed in UInt64(1)...40 {
      var chance = SplitMix64(seed)
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &chance) {
        let place = Int.random(in: bytes.indices, using: &chance)
        switch Int.random(in: 0..<3, using: &chance) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &chance)
        case 1: bytes.remove(at: place)
        default: bytes.insert(UInt8.random(in: 32...126, using: &chance), at: place)
        }
      }
      let path = "\(scratch.path)/spoilt.pbft"
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      for command in [path, "resume \(path)"] {
        let result = try Program.run(command)
        #expect(result.status == 2, "seed \(seed): \(result.output)")
        #expect(
          result.output.split(separator: "\n").count == 1, "seed \(seed): \(result.output)")
        #expect(result.output.hasPrefix("pbftscope: "), "seed \(seed): \(result.output)")
      }
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(bytes), "seed \(seed)")
    }
  }

  @Test func `a whole session is played without a screen, hashes and all`() throws {
    let path = try scratch.file(try Self.session().joined(separator: "\n") + "\n", "session.pbft")
    let result = try Program.run("run \(path)")
    #expect(result.status == 0, "\(result.output)")
    #expect(result.output.hasPrefix("A session: "), "\(result.output)")
    #expect(!result.output.contains("0 of 0"), "\(result.output)")
  }

  @Test func `two sessions that end on the same line and have other branches`() throws {
    var lines = try Self.session()
    let one = try scratch.file(lines.joined(separator: "\n") + "\n", "one.pbft")
    lines.append("name other")
    let other = try scratch.file(lines.joined(separator: "\n") + "\n", "other.pbft")
    #expect(try Program.run("diff \(one) \(one)").output.hasPrefix("same: 15 steps"))
    let result = try Program.run("diff \(one) \(other)")
    #expect(result.status == 1)
    #expect(
      result.output == "the present lines are the same: 15 steps; branches differ: "
        + "only A has crash-R1; only B has other\n")
  }

  @Test func `two sessions that end on the same line, while a branch goes on in another way`()
    throws
  {
    let lines = try Self.session()
    let one = try scratch.file(lines.joined(separator: "\n") + "\n", "one.pbft")
    let back = ["goto 9 of main", "step 6"]
    let more = ["goto crash-R1", "step 2"] + back
    let other = try scratch.file((lines + more).joined(separator: "\n") + "\n", "other.pbft")
    let ending = try scratch.file((lines + back).joined(separator: "\n") + "\n", "main.pbft")
    #expect(try Program.run("diff \(ending) \(ending)").status == 0)
    let result = try Program.run("diff \(ending) \(other)")
    #expect(result.status == 1)
    #expect(
      result.output.contains(
        #/^the present lines are the same: 16 steps; branches differ: crash-R1 goes from step 9 to 15 and state ~\w{16} in A, goes from step 9 to 17 and state ~\w{16} in B\n$/#
      ), "\(result.output)")
    #expect(try Program.run("diff \(one) \(other)").status == 1)
  }

  @Test func `what is not as it was saved is not compared as if it were`() throws {
    var lines = try Self.session()
    let one = try scratch.file(lines.joined(separator: "\n") + "\n", "one.pbft")
    let (line, _) = try Damage.otherHash.damage(&lines)
    let other = try scratch.file(lines.joined(separator: "\n") + "\n", "other.pbft")
    for arguments in ["diff \(one) \(other)", "diff \(other) \(one)"] {
      let result = try Program.run(arguments)
      #expect(result.status == 2)
      #expect(result.output.contains("other.pbft: line \(line): `state "), "\(result.output)")
      #expect(result.output.split(separator: "\n").count == 1, "\(result.output)")
    }
  }

  @Test func `a last line that is torn is not taken for what is left of it`() throws {
    let lines = try Self.session()
    let place = try #require(lines.firstIndex { $0.wholeMatch(of: #/step \d+/#) != nil })
    let path = try scratch.file(lines[...place].joined(separator: "\n"), "torn.pbft")
    for arguments in ["run \(path)", "diff \(path) \(path)"] {
      let result = try Program.run(arguments)
      #expect(result.status == 2)
      #expect(
        result.output.hasSuffix(
          "torn.pbft: line \(place + 1): the last line is cut off: nothing ends it\n"),
        "\(result.output)")
    }
  }

  @Test func `a file without an end is refused`() throws {
    let result = try Program.run("run /dev/zero")
    #expect(result.status == 2)
    #expect(
      result.output == "pbftscope: /dev/zero: this is too long; expected a page of at most 64 MB\n")
  }

  @Test(arguments: [
    "demos/1-normal-case.pbft", "run demos/1-normal-case.pbft", "resume",
    "diff demos/1-normal-case.pbft demos/1-normal-case.pbft",
  ])
  func `a limit that makes no sense`(arguments: String) throws {
    for limit in ["0", "-1", "1000000001"] {
      let result = try Program.shell(
        "XDG_STATE_HOME='\(scratch.path)' '\(Program.path)' \(arguments) --history-limit=\(limit)")
      #expect(result.status == 2, "\(result.output)")
      #expect(
        result.output
          == "pbftscope: --history-limit \(limit): expected a number of steps from 1 to 1000000000\n"
      )
    }
    let word = try Program.run("\(arguments) --history-limit many")
    #expect(word.status == 64)
    #expect(word.output.contains("'many'"), "\(word.output)")
  }

  @Test func `a history that is full says so and what helps`() throws {
    let page = try scratch.file("request alice get x\nrun 1s\nrun 1s\n")
    let enough = try Program.run("run \(page) --history-limit 1000")
    #expect(enough.status == 0, "\(enough.output)")
    let result = try Program.run("run \(page) --history-limit 7")
    #expect(result.status == 2)
    #expect(
      result.output.contains("line 2, column 1: `run 1s`: the history is full: it keeps 7 steps"))
    #expect(result.output.contains("--history-limit"))
    let compared = try Program.run("diff \(page) \(page) --history-limit 7")
    #expect(compared.output.contains("it keeps 7 steps"), "\(compared.output)")
    #expect(try Program.run("diff \(page) \(page) --history-limit 1000").status == 0)
  }

  @Test func `what is no session is not added to`() throws {
    let page = try scratch.file("request alice get x\n")
    for (path, words) in [
      (page, "there is no session in it to go on with"), ("/nowhere", "cannot be opened"),
      (scratch.path, "Is a directory"),
    ] {
      let result = try Program.run("resume \(path)")
      #expect(result.status == 2)
      #expect(result.output.contains(words), "\(result.output)")
      #expect(result.output.split(separator: "\n").count == 1, "\(result.output)")
    }
    #expect(try scratch.text(of: "page.pbft") == "request alice get x\n")
  }

  @Test func `rules are not taken away from a session`() throws {
    let path = try scratch.file(try Self.session().joined(separator: "\n") + "\n", "session.pbft")
    let result = try Program.run("\(path) --without join")
    #expect(result.status == 2)
    #expect(result.output.contains("is a session"), "\(result.output)")
  }
}
