import Foundation
import Testing

/// The program as a user calls it, in processes of their own.
@Suite struct `The command line` {
  @Test func `plays a demo and exits 0`() throws {
    let result = try Program.run("run demos/1-normal-case.pbft")
    #expect(result.status == 0)
    #expect(result.output.contains("13 of 13 expectations held"))
  }

  @Test func `exits 1 when an expectation does not come true, and says which`() throws {
    let scratch = try Scratch()
    let file = try scratch.file("world seed=1\nrequest alice get x\nexpect executed 1\n")
    let result = try Program.run("run \(file)")
    #expect(result.status == 1)
    #expect(result.output.contains("line 3: `expect executed 1"))
  }

  @Test(arguments: [
    ("", "expected"),
    ("crsh R0\n", "line 1, column 1: unknown command \"crsh\"; did you mean \"crash\"?"),
    ("crash R9\n", "there is no replica R9"), ("world n=5\nstep\n", "4, 7, 10"),
    ("world K=0\nstep\n", "K = 0"), ("world K=5 L=3\nstep\n", "L = 3"),
    ("run until R1 preprared 1\n", "line 1"), ("restart R0\n", "R0 is running"),
    ("\u{0}\u{1}\u{2}", "line 1"),
  ])
  func `exits 2 for a mistake in the file, in one line that says where`(
    text: String, part: String
  ) throws {
    let scratch = try Scratch()
    let result = try Program.run("run \(try scratch.file(text))")
    #expect(result.status == 2, "\(text): \(result.output)")
    #expect(result.output.contains(part), "\(text): \(result.output)")
    #expect(result.output.split(separator: "\n").count == 1, "\(result.output)")
  }

  @Test(arguments: ["run no-such-file.pbft", "run demos", "demos/no-such-file.pbft"])
  func `exits 2 for a file that is not there`(arguments: String) throws {
    let result = try Program.run(arguments)
    #expect(result.status == 2)
    #expect(result.output.split(separator: "\n").count == 1, "\(result.output)")
  }

  @Test func `a usage error exits 64`() throws {
    #expect(try Program.run("run --no-such-option x").status == 64)
  }

  @Test func `lists the rules, and tells everything about one`() throws {
    let list = try Program.run("rules")
    #expect(list.status == 0)
    #expect(list.output.contains("within-watermarks"))
    #expect(list.output.split(separator: "\n").count >= 70)
    let one = try Program.run("rules prepared")
    #expect(one.status == 0)
    #expect(one.output.contains("`rule prepared off` takes it away"))
    let wrong = try Program.run("rules perpared")
    #expect(wrong.status == 2)
    #expect(wrong.output.contains("did you mean \"prepared\"?"))
  }

  @Test func `without a terminal it says how to use run`() throws {
    let result = try Program.run("demos/1-normal-case.pbft")
    #expect(result.status == 2)
    #expect(result.output.contains("pbftscope run demos/1-normal-case.pbft --plain"))
  }

  @Test(arguments: try House.demos())
  func `two processes write the same trace, byte for byte`(demo: String) throws {
    let scratch = try Scratch()
    let (one, other) = (try scratch.file("", "one.jsonl"), try scratch.file("", "other.jsonl"))
    #expect(try Program.run("run \(demo) --trace \(one)").status == 0)
    #expect(try Program.run("run \(demo) --trace \(other)").status == 0)
    let first = try Data(contentsOf: URL(fileURLWithPath: one))
    #expect(first.count > 10_000)
    #expect(try Data(contentsOf: URL(fileURLWithPath: other)) == first)
  }
}

enum Program {
  /// The program that was built with these tests.
  static var path: String {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0])
    while folder.path.count > 1 {
      folder.deleteLastPathComponent()
      let candidate = folder.appendingPathComponent("pbftscope").path
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: candidate, isDirectory: &isFolder),
        !isFolder.boolValue
      {
        return candidate
      }
    }
    return House.path(".build/debug/pbftscope")
  }

  /// Runs it at the root of the checkout.
  ///
  /// The output is both streams.
  static func run(_ arguments: String) throws -> (status: Int32, output: String) {
    try shell("'\(path)' \(arguments)")
  }

  /// Runs a command line at the root of the checkout; the output is both streams.
  static func shell(_ line: String) throws -> (status: Int32, output: String) {
    let command = "cd '\(House.root)' && \(line) 2>&1 < /dev/null"
    guard let pipe = popen(command, "r") else { throw CocoaError(.executableNotLoadable) }
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = fread(&buffer, 1, buffer.count, pipe)
      if count == 0 { break }
      output += buffer[0..<count]
    }
    let status = pclose(pipe)
    return ((status >> 8) & 0xff, String(decoding: output, as: UTF8.self))
  }
}

/// A folder for the files of a test, gone with it.
final class Scratch {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("pbftscope-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a new file with this text.
  func file(_ text: String, _ name: String = "page.pbft") throws -> String {
    try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
    return "\(path)/\(name)"
  }

  /// What is in a file now.
  func text(of name: String) throws -> String {
    try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
  }
}
