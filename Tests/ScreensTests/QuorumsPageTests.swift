import Cells
import Language
import PBFT
import Screens
import Simulation
import Testing

/// Who has voted for what at whom, on the screen.
@Suite struct QuorumsPageTests {
  /// Worlds in which there is something to see.
  enum Sight: String, CaseIterable {
    case fresh, equivocation, lost, refused, left, entered

    func stage() throws -> Stage {
      var stage = try Stage()
      switch self {
      case .fresh: stage.press(.right, times: 6)
      case .equivocation:
        stage = try Stage(lesson: Demo.equivocation.lesson)
        stage.press(.character(" "), times: 3)
      case .lost:
        stage.command("cut R0>R1")
        stage.command("run 150ms")
        stage.command("drop PREPARE R2>R3")
        stage.command("cut R1>*")
        stage.command("run 300ms")
      case .refused:
        stage.command("run 90ms")
        stage.command("misbehave R3 by-hand")
        stage.command("forge R3>R2 PREPARE v0 n1 bogus")
        stage.command("forge R3>R1 as R2 PREPARE v0 n1 alice/1")
        stage.command("run 300ms")
      case .left, .entered:
        stage.command("run 400ms")
        stage.command("crash R0")
        stage.command("request bob append x b")
        stage.command("run until R1 changing 1")
        if self == .entered { stage.command("run until bob/1 accepted") }
      }
      stage.press(.character("Q"), .character("2"))
      return stage
    }
  }

  @Test("every lamp and tally on the screen is that of the table", arguments: Sight.allCases)
  func lamps(_ sight: Sight) throws {
    let stage = try sight.stage()
    let table = stage.table
    let picture = stage.picture(160, 60)
    let view = try #require(QuorumView(picture), "\(picture.text)")
    var seen = 0
    for kind in [Message.Kind.prePrepare, .prepare, .commit] {
      for row in table.block(kind).rows {
        for lamp in row.lamps.enumerated() {
          let told = view.cell(kind, row.sender, lamp.offset)
          let place = "\(kind.rawValue) of \(row.sender) at R\(lamp.offset): \(lamp.element.state)"
          #expect(
            told?.hasPrefix(Self.glyph(lamp.element.state)) == true, "\(place): \(told ?? "-")")
          if let digest = lamp.element.digest, let told {
            let name = Speaker(digests: stage.model.world.letters).name(of: digest)
            #expect(told.contains(" \(name)"), "\(place): \(told)")
          }
          seen += 1
        }
      }
      for (index, column) in table.columns.enumerated() where kind != .prePrepare {
        let tally = kind == .prepare ? column.prepares : column.commits
        let slot = stage.model.world.replicas[index].log[table.sequence]
        let held =
          kind == .prepare
          ? slot?.matchingPrepares(in: stage.model.world.settings) ?? 0
          : slot?.matchingCommits() ?? 0
        #expect(tally.have == held)
        let told = view.tally(kind, index)
        #expect(told?.hasPrefix("\(held) of \(tally.need)") == true, "\(kind): \(told ?? "-")")
      }
    }
    #expect(seen >= 4 * 8)
  }

  private static func glyph(_ state: Lamp.State) -> String {
    switch state {
    case .counts: "●"
    case .otherDigest, .early, .later, .withoutRequests: "○"
    case .travelling(_, let arrives): arrives == nil ? "■" : "►"
    case .refused: "✗"
    case .lost(let loss, _): loss == .withheld ? "◇" : "⊘"
    case .absent: "·"
    case .discarded, .unexpected: ""
    }
  }

  @Test("the pictures", arguments: [Sight.equivocation, .refused, .left])
  func pictures(_ sight: Sight) throws {
    var stage = try sight.stage()
    for (columns, rows) in [(64, 20), (80, 24), (100, 28), (160, 45)] {
      try expectGolden(
        stage.picture(columns, rows), "quorums-\(sight.rawValue)-\(columns)x\(rows)")
    }
    stage.press(.character("i"))
    let ascii = stage.picture(80, 24)
    #expect(ascii.isASCII)
    try expectGolden(ascii, "quorums-\(sight.rawValue)-80x24-ascii")
  }

  @Test("seven and thirteen replicas, the focused one always seen", arguments: [7, 13])
  func large(_ count: Int) throws {
    var stage = try Stage(replicas: count)
    stage.command("run 120ms")
    stage.press(.character("Q"))
    for number in 0..<min(count, 10) {
      stage.press(.character(Character(String(number))))
      for (columns, rows) in PictureTests.sizes + [(60, 18)] {
        let text = stage.picture(columns, rows).text
        #expect(text.contains("[R\(number)]"), "R\(number) of \(count) at \(columns)x\(rows)")
        #expect(text.contains(" lacks R\(number): ") && text.contains("2f="))
      }
    }
    try expectGolden(stage.picture(80, 24), "quorums-\(count)-80x24")
    if count > 10 { stage.press(.tab, times: 2) }
    try expectGolden(stage.picture(64, 20), "quorums-\(count)-64x20")
  }

  @Test("right at every size", arguments: [4, 7, 13]) func everySize(_ count: Int) throws {
    var stage = try Stage(replicas: count)
    stage.press(.character("Q"))
    var stages = [stage]
    stage.command("run 150ms")
    stage.press(.character("/"), times: 7)
    stages.append(stage)
    stage.command("run 1s")
    for letter in "bcdef" {
      stage.command("request alice append x \(letter)")
      stage.command("run 1s")
    }
    stages.append(stage)
    stage.press(.up, times: 6)
    stages.append(stage)
    // At fewer sizes where there are more lamps.
    let (right, down) = count > 7 ? (19, 9) : (11, 5)
    for columns in stride(from: 0, through: 130, by: right) {
      for rows in stride(from: 0, through: 50, by: down) {
        for stage in stages {
          #expect(stage.picture(columns, rows).size == Size(columns: columns, rows: rows))
        }
      }
    }
    _ = stage.picture(300, 100)
  }

  // MARK: What is lacked

  @Test("what is missing is told with its reason") func lacks() throws {
    var stage = try Sight.equivocation.stage()
    stage.press(.character("3"))
    #expect(stage.lacks("R3: 1 of 2f = 2 PREPAREs for b: R1, R2 said a"))
    stage = try Sight.lost.stage()
    stage.press(.character("1"))
    #expect(stage.lacks("R1: the PRE-PREPARE of v0 n1: R0 sent it, lost (link cut)"))
    stage.press(.character("3"))
    #expect(stage.lacks("R2 sent it, lost (dropped)"))
    #expect(stage.lacks("R1 has no PRE-PREPARE"))
    stage = try Stage()
    stage.command("run 80ms")
    stage.press(.character("Q"), .character("1"))
    while stage.model.world.replicas[1].phase(of: SequenceNumber(1)) == .empty {
      stage.press(.right)
    }
    let copy = try #require(
      stage.model.world.inFlight.first {
        $0.to == .replica(ReplicaID(1)) && $0.message.kind == .prepare
      }, "\(stage.text)")
    #expect(stage.lacks("on the way (#\(copy.id) at") || stage.lacks("'s #\(copy.id) at"))
    stage.command("crash R2")
    stage.command("run 300ms")
    #expect(stage.lacks("R2 crashed") || stage.lacks("it has executed"))
  }

  @Test("below h the proof of the checkpoint is what is left") func discarded() throws {
    var stage = try Stage()
    for letter in "bcdef" {
      stage.command("run 1s")
      stage.command("request alice append x \(letter)")
    }
    stage.command("run 2s")
    stage.press(.character("Q"), .character("1"), .up, .up, .up)
    #expect(stage.model.shownNumber == SequenceNumber(5))
    #expect(stage.shows("n5   at or below every h") && stage.shows("CK n5 2f+1=3"))
    #expect(stage.shows("3 of 3 stable"))
    #expect(stage.lacks("R1: nothing: n5 is at or below its stable checkpoint n5"))
    stage.press(.enter)
    #expect(stage.model.notice?.isRefusal == true && stage.model.overlay == nil)
    try expectGolden(stage.picture(80, 24), "quorums-discarded-80x24")
  }

  // MARK: What it costs

  @Test("the messages of a request are a plain count of what was sent") func spent() throws {
    var stage = try Stage()
    stage.command("run 1s")
    stage.press(.character("Q"))
    let sent = stage.happenings.count {
      if case .send(_, let message, _, _, _) = $0.kind {
        message.kind != .checkpoint
      } else {
        false
      }
    }
    #expect(sent == 29)
    #expect(stage.shows("spent alice/1 29: 1 RQ 3 PP 9 P 12 C 4 RE"))
    stage.press(.left, times: 40)
    #expect(stage.shows("spent a request costs 29 messages without a fault"))
    stage.press(.end, .character("k"))
    #expect(stage.picture(120, 60).text.contains("Messages spent"))
    #expect(stage.picture(120, 60).text.contains("alice/1        29: 1 RQ 3 PP 9 P 12 C 4 RE"))
  }

  // MARK: Changes

  @Test("what the last step has changed is marked") func changes() throws {
    var stage = try Stage()
    stage.command("run 60ms")
    stage.press(.character("Q"))
    var marked = 0
    for _ in 0..<20 {
      stage.press(.right)
      let last = stage.model.history.recent.last ?? []
      let isVote = last.contains {
        if case .receive(_, let message, _, .replica, _) = $0.kind {
          message.kind == .prepare || message.kind == .commit
        } else {
          false
        }
      }
      guard isVote else { continue }
      let picture = stage.picture(160, 45)
      #expect(!picture.marks(in: Region(x: 0, y: 2, columns: 160, rows: 20)).isEmpty)
      marked += 1
    }
    #expect(marked > 3)
  }
}

extension Stage {
  /// All that has happened on this line.
  var happenings: [Happening] {
    Array(model.history.happenings(in: 1...max(model.history.step, 1)).joined())
      .filter { $0.step <= model.history.step }
  }

  /// The table of the chosen number, from all that has happened.
  var table: QuorumTable {
    QuorumTable(model.shownNumber, in: model.world, strays: happenings)
  }

  /// Whether the page says this of what the focused replica lacks, at a size where it is said whole.
  func lacks(_ words: String) -> Bool {
    let rows = picture(200, 60).text.split(separator: "\n").map(String.init)
    let line = rows.first { $0.hasPrefix(" lacks ") } ?? ""
    return line.contains(words)
  }
}
