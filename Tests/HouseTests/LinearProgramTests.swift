import Foundation
import Testing

/// The linear mode in a process of its own, through pipes.
@Suite struct `The linear mode of the program` {
  private func talk(
    _ lines: [String], _ arguments: String = "", in scratch: Scratch
  ) throws -> (status: Int32, output: String) {
    let input = try scratch.file(lines.map { $0 + "\n" }.joined(), "input")
    return try Program.shell(
      "( XDG_STATE_HOME='\(scratch.path)' '\(Program.path)' --plain \(arguments) < '\(input)' | cat )"
    )
  }

  @Test func `answers lines from a pipe, without a prompt and without escape codes`() throws {
    let scratch = try Scratch()
    let result = try talk(
      ["", "run until alice/1 accepted", "alice/1 accepted", "crsh R0", "page cluster"], in: scratch
    )
    #expect(result.status == 0)
    #expect(result.output.contains("step 2, 0.07 s: R0 receives REQUEST alice/1 append x a"))
    #expect(result.output.contains("\nyes: alice/1 accepted\n"))
    #expect(result.output.contains("\ncrsh R0\n^\ncolumn 1: unknown command"))
    #expect(!result.output.contains("> step"))
    #expect(result.output.utf8.allSatisfy { ($0 >= 32 && $0 != 127) || $0 == 10 })
  }

  @Test func `goes through a demo, and journals what is done`() throws {
    let scratch = try Scratch()
    let session = "\(scratch.path)/saved.pbft"
    let result = try talk(
      ["", "", "crash R3", "save \"\(session)\"", "quit", "crash R2"],
      "demos/2-primary-crash.pbft", in: scratch)
    #expect(result.status == 0, "\(result.output)")
    #expect(result.output.contains("# stop 2 of 9: "))
    #expect(result.output.contains("saved: "))
    #expect(try scratch.text(of: "saved.pbft").contains("crash R3"))
    let journals = try FileManager.default.contentsOfDirectory(
      atPath: "\(scratch.path)/pbftscope")
    #expect(journals.count == 1)
    let journal = try scratch.text(of: "pbftscope/\(journals[0])")
    #expect(journal.contains("crash R3"))
    // Nothing is heard after quit.
    #expect(!journal.contains("crash R2"))
    #expect(try Program.run("run \(session)").status == 0)
  }

  @Test func `a session that ended goes on in lines`() throws {
    let scratch = try Scratch()
    _ = try talk(["step 4", "crash R3"], in: scratch)
    let input = try scratch.file("where\nback 1\n", "more")
    let result = try Program.shell(
      "( XDG_STATE_HOME='\(scratch.path)' '\(Program.path)' resume --plain < '\(input)' | cat )")
    #expect(result.status == 0, "\(result.output)")
    #expect(result.output.contains("resumed where the last session ended"))
    #expect(result.output.contains("\nstep 6 of 6 on main"))
    #expect(result.output.contains("\nstep 5 of 6 on main"))
  }

  @Test func `saves pictures beside each other and never over another`() throws {
    let scratch = try Scratch()
    let line =
      "( cd '\(scratch.path)' && printf 'picture\\npicture\\n' | "
      + "XDG_STATE_HOME='\(scratch.path)' '\(Program.path)' --plain )"
    let result = try Program.shell(line)
    #expect(result.output.contains("saved: pbftscope-main-1-cluster.svg and"))
    #expect(result.output.contains("saved: pbftscope-main-1-cluster-2.svg and"))
    #expect(try scratch.text(of: "pbftscope-main-1-cluster.svg").hasPrefix("<svg "))
    #expect(
      try scratch.text(of: "pbftscope-main-1-cluster-2.txt").contains("alice/1 append x a"))
    #expect(
      try scratch.text(of: "pbftscope-main-1-cluster.txt")
        == scratch.text(of: "pbftscope-main-1-cluster-2.txt"))
  }

  @Test func `where no picture can be written it says why`() throws {
    let scratch = try Scratch()
    let result = try Program.shell(
      "( cd /proc && printf 'picture\\n' | XDG_STATE_HOME='\(scratch.path)' '\(Program.path)' --plain )"
    )
    #expect(result.status == 0)
    #expect(
      result.output.contains("no picture: pbftscope-main-1-cluster.svg cannot be written here"))
  }

  @Test func `every answer comes at once, before the next line is read`() throws {
    let scratch = try Scratch()
    let result = try Program.shell(
      "( ( printf 'R0 crashed\\n'; sleep 8 ) | XDG_STATE_HOME='\(scratch.path)' '\(Program.path)' --plain"
        + " | timeout 7 grep -m1 'no: R0 crashed' )")
    #expect(result.status == 0, "\(result.output)")
  }

  @Test func `without a terminal the screen names the linear mode`() throws {
    let result = try Program.run("demos/1-normal-case.pbft")
    #expect(result.status == 2)
    #expect(result.output.contains("`pbftscope --plain demos/1-normal-case.pbft`"))
    #expect(try Program.run("--plain no-such-file.pbft").status == 2)
  }
}
