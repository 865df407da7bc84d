import Export
import Foundation
import Language
import Simulation
import Testing

/// Whoever has only the trace can check what it claims.
@Suite struct `The trace` {
  private typealias Line = [String: Any]

  /// The lines of the demo's trace.
  private func texts(of demo: String) throws -> [String] {
    let script = try Script(parsing: House.text(of: demo))
    var player = Player(script)
    try player.play()
    // A page may go back in time; its trace is the line on which it ends.
    var retelling = Retelling(player.history)
    var texts = [Trace.header(script.configuration, program: "test")]
    while let happening = retelling.next() { texts.append(Trace.line(happening)) }
    return texts
  }

  /// Everything that the demo's trace says, the first line apart.
  private func trace(of demo: String) throws -> (header: Line, lines: [Line]) {
    var lines = try texts(of: demo).map { text in
      try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? Line, "\(text)")
    }
    return (lines.removeFirst(), lines)
  }

  @Test(arguments: try House.demos())
  func `proves every phase that a replica claims to have reached`(demo: String) throws {
    let (header, lines) = try trace(of: demo)
    let f = try #require(header["f"] as? Int)
    let n = try #require(header["n"] as? Int)
    var votes: [String: Set<String>] = [:]
    var checked = 0
    for line in lines {
      // What a faulty replica keeps back it holds itself.
      let isWithheld = line["why"] as? String == "withheld"
      let kind = isWithheld ? "send" : line["kind"] as? String
      let holder = kind == "receive" ? "to" : kind == "judged" ? "at" : "from"
      if kind == "send" || kind == "receive" || kind == "judged",
        let type = line["type"] as? String, type == "PREPARE" || type == "COMMIT",
        let owner = line[holder] as? String, let author = line["author"] as? String,
        line["signedBy"] as? String == author, line["verdict"] as? String != "refused",
        kind != "send" || owner == author
      {
        votes[Self.key(type, owner, line), default: []].insert(author)
      }
      guard kind == "phase", let replica = line["replica"] as? String,
        let phase = line["phase"] as? String, let view = line["view"] as? Int
      else { continue }
      let primary = "R\(view % n)"
      if phase == "prepared" {
        let prepares = votes[Self.key("PREPARE", replica, line)] ?? []
        #expect(prepares.subtracting([primary]).count >= 2 * f, "\(demo): \(line)")
        checked += 1
      } else if phase == "committed" {
        let commits = votes[Self.key("COMMIT", replica, line)] ?? []
        #expect(commits.count >= 2 * f + 1, "\(demo): \(line)")
        checked += 1
      }
    }
    #expect(checked >= 6)
  }

  private static func key(_ type: String, _ owner: String, _ line: Line) -> String {
    "\(type) \(owner) \(line["view"] ?? "") \(line["sequence"] ?? "") \(line["digest"] ?? "")"
  }

  @Test(arguments: try House.demos())
  func `tells of every copy where it ended, under one number`(demo: String) throws {
    let (_, lines) = try trace(of: demo)
    var underway: Set<Int> = []
    var step = 0
    var time = 0
    for line in lines {
      let (nextStep, nextTime) = (line["step"] as? Int ?? -1, line["t"] as? Int ?? -1)
      #expect(nextStep >= step && nextTime >= time, "\(line)")
      (step, time) = (nextStep, nextTime)
      guard let id = line["id"] as? Int else { continue }
      switch line["kind"] as? String {
      case "send", "duplicate": #expect(underway.insert(id).inserted, "#\(id) was sent before")
      case "receive": #expect(underway.remove(id) != nil, "#\(id) was never sent")
      case "drop": if line["why"] as? String != "withheld" { underway.remove(id) }
      default: break
      }
    }
    #expect(step > 50)
  }

  @Test func `names every field of its first line`() throws {
    let (header, _) = try trace(of: "demos/1-normal-case.pbft")
    for field in [
      "format", "version", "program", "seed", "n", "f", "K", "L", "W", "viewChangeTimeout",
      "clientTimeout", "latency", "rulesOff",
    ] {
      #expect(header[field] != nil, "\(field) is missing")
    }
    #expect(header["seed"] as? String == "1")
  }

  @Test(arguments: try House.demos())
  func `is what the program writes`(demo: String) throws {
    let scratch = try Scratch()
    let file = try scratch.file("", "trace.jsonl")
    #expect(try Program.run("run \(demo) --trace \(file)").status == 0)
    let written = try scratch.text(of: "trace.jsonl").split(separator: "\n").dropFirst()
    #expect(try written.map(String.init) == Array(texts(of: demo).dropFirst()))
  }

  @Test func `writes the certificates of a view change out`() throws {
    let (_, lines) = try trace(of: "demos/2-primary-crash.pbft")
    let newView = try #require(
      lines.first { $0["kind"] as? String == "send" && $0["type"] as? String == "NEW-VIEW" })
    let members = try #require(newView["V"] as? [Line])
    #expect(members.count == 3)
    for member in members {
      #expect(member["signedBy"] as? String == member["author"] as? String)
      for proof in try #require(member["P"] as? [Line]) {
        let prepares = try #require(proof["prepares"] as? [Line])
        #expect(Set(prepares.compactMap { $0["signedBy"] as? String }).count == 2)
      }
    }
    #expect((newView["O"] as? [Line])?.count == 3)
  }
}
