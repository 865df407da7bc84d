import Foundation
import Testing

/// `pbftscope diff`: where two runs part.
@Suite struct `The comparison of two runs` {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private let page = """
    world seed=1 K=2 L=8
    request alice append x a
    run until executed 1 within 10s
    """

  private func trace(of page: String, _ name: String) throws -> String {
    let path = "\(scratch.path)/\(name)"
    #expect(try Program.run("run \(page) --trace \(path)").status == 0)
    return path
  }

  @Test(arguments: ["demos/1-normal-case.pbft", "demos/2-primary-crash.pbft"])
  func `a page is the same as itself, and as its trace`(demo: String) throws {
    let trace = try trace(of: demo, "a.jsonl")
    var lengths: Set<String> = []
    for (one, other) in [(demo, demo), (demo, trace), (trace, demo), (trace, trace)] {
      let result = try Program.run("diff \(one) \(other)")
      #expect(result.status == 0, "\(result.output)")
      #expect(result.output.hasPrefix("same: "), "\(result.output)")
      lengths.insert(result.output)
    }
    #expect(lengths.count == 1, "\(lengths)")
  }

  @Test func `the first difference of two pages, with what was just before`() throws {
    let one = try scratch.file(page + "\ncrash R1\nstep\n", "one.pbft")
    let other = try scratch.file(page + "\ncrash R2\nstep\n", "other.pbft")

    let result = try Program.run("diff \(one) \(other)")

    #expect(result.status == 1)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 8, "\(result.output)")
    let first = try #require(lines.first)
    #expect(first.contains(#/^first difference at step \d+ \(A line 4, B line 4\):$/#), "\(first)")
    #expect(lines[1].hasPrefix("A: ") && lines[1].hasSuffix("crash R1"), "\(lines[1])")
    #expect(lines[2].hasPrefix("B: ") && lines[2].hasSuffix("crash R2"), "\(lines[2])")
    #expect(lines[3] == "different: line crash R1 in A, crash R2 in B")
    #expect(lines[4] == "just before, in both:")
  }

  @Test func `the first difference of two traces, with their lines`() throws {
    let path = try trace(of: try scratch.file(page, "one.pbft"), "one.jsonl")
    var lines = try scratch.text(of: "one.jsonl").split(separator: "\n").map(String.init)
    let place = try #require(
      lines.indices.dropFirst(20).first { lines[$0].contains("\"arrives\":") })
    lines[place] = lines[place].replacing(#/"arrives":\d+/#, with: "\"arrives\":1")
    let other = try scratch.file(lines.joined(separator: "\n") + "\n", "other.jsonl")

    let result = try Program.run("diff \(path) \(other)")

    #expect(result.status == 1)
    #expect(
      result.output.contains("(A line \(place + 1), B line \(place + 1)):"), "\(result.output)")
    #expect(result.output.contains(#/\ndifferent: arrives \d+ in A, 1 in B\n/#), "\(result.output)")
  }

  @Test func `a trace is the same whatever its blanks and the order of its fields`() throws {
    let path = try trace(of: try scratch.file(page, "one.pbft"), "one.jsonl")
    let spread = try scratch.text(of: "one.jsonl")
      .replacing(#/\{"step":(\d+),"t":(\d+),/#) {
        "{ \"t\": \($0.output.2), \"step\" : \($0.output.1) , "
      }
    let other = try scratch.file(spread, "other.jsonl")
    #expect(spread != (try scratch.text(of: "one.jsonl")))
    let result = try Program.run("diff \(path) \(other)")
    #expect(result.status == 0, "\(result.output)")
  }

  @Test func `where one ends, the other goes on`() throws {
    let one = try scratch.file(page, "one.pbft")
    let more = try scratch.file(page + "\ncrash R0\n", "more.pbft")
    let later = try scratch.file(page + "\nrun 1us\n", "later.pbft")

    let longer = try Program.run("diff \(one) \(more)")
    #expect(longer.status == 1)
    #expect(
      longer.output.contains(#/^A ends at step \d+; B goes on: \d+ .*crash R0\n/#),
      "\(longer.output)")
    let shorter = try Program.run("diff \(more) \(one)")
    #expect(shorter.status == 1)
    #expect(shorter.output.contains(#/^B ends at step \d+; A goes on: /#), "\(shorter.output)")
    let silent = try Program.run("diff \(later) \(one)")
    #expect(silent.status == 1)
    #expect(
      silent.output.contains(#/^B ends at step \d+; A goes on: time passes, to step \d+\n/#),
      "\(silent.output)")
  }

  @Test func `first of all, what the worlds do not have in common`() throws {
    let one = try scratch.file(page, "one.pbft")
    let other = try scratch.file(page.replacing("seed=1 K=2", with: "seed=2 K=1"), "other.pbft")
    let result = try Program.run("diff \(one) \(other)")
    #expect(result.status == 1)
    #expect(
      result.output.hasPrefix("the worlds differ: seed 1 in A, 2 in B; K 2 in A, 1 in B\n"),
      "\(result.output)")
    #expect(result.output.contains("\nfirst difference at step 1"), "\(result.output)")

    let idle = try scratch.file("world seed=1 idle=1s\nstep\n", "idle.pbft")
    let same = try scratch.file("world seed=1\nrun 1us\n", "same.pbft")
    let apart = try Program.run("diff \(same) \(idle)")
    #expect(apart.status != 0, "\(apart.output)")
    #expect(apart.output.hasPrefix("the worlds differ: idle none in A, 1000000 in B\n"))
  }

  @Test func `what cannot be compared: one line, exit code 2`() throws {
    let page = try scratch.file(page, "page.pbft")
    let whole = try trace(of: page, "whole.jsonl")
    let text = try scratch.text(of: "whole.jsonl")
    let torn = try scratch.file(String(text.dropLast(40)), "torn.jsonl")
    let foreign = try scratch.file("{\"a\":1}\n", "foreign.jsonl")
    let future = try scratch.file(
      text.replacing("\"version\":1", with: "\"version\":2"), "future.jsonl")
    let wrong = try scratch.file("crsh R0\n", "wrong.pbft")
    let empty = try scratch.file("", "empty")
    for (path, words) in [
      (torn, "line \(text.split(separator: "\n").count): this is no line of a trace"),
      (foreign, "line 1: this is no trace"), (future, "line 1: the trace is of version 2"),
      (wrong, "did you mean \"crash\"?"), (empty, "there is no command in it"),
      ("/nowhere", "there is no such file"), ("demos", "this is a folder"),
    ] {
      for arguments in ["\(whole) \(path)", "\(path) \(whole)"] {
        let result = try Program.run("diff \(arguments)")
        #expect(result.status == 2, "\(arguments): \(result.output)")
        #expect(result.output.contains(words), "\(arguments): \(result.output)")
        #expect(result.output.split(separator: "\n").count == 1, "\(result.output)")
      }
    }
  }

  @Test func `traces may come through pipes`() throws {
    let one = try trace(of: try scratch.file(page, "one.pbft"), "one.jsonl")
    let result = try Program.shell(
      "(cat \(one) | '\(Program.path)' diff /dev/stdin \(one))")
    #expect(result.status == 0, "\(result.output)")
  }
}
