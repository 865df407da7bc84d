import Foundation
import Testing

/// `pbftscope resume`: which journal goes on, and which cannot.
@Suite struct `What can be resumed` {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private let page = "world seed=1\nrequest alice append x a\nrun 10ms\n"
  private let heading = "session 1 \"0.1\"\n"

  /// A journal in the state directory; those with a higher number are newer.
  private func journal(_ number: Int, _ text: String) throws -> String {
    let folder = "\(scratch.path)/pbftscope"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = "\(folder)/2026-01-01-00000\(number)-7.pbft"
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    let date = Date(timeIntervalSince1970: 1_000_000 + Double(number))
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
    return path
  }

  private func resume(_ arguments: String = "") throws -> (status: Int32, output: String) {
    try Program.shell("XDG_STATE_HOME='\(scratch.path)' '\(Program.path)' resume \(arguments)")
  }

  @Test func `the newest in which there is a session, whatever a power cut has left of others`()
    throws
  {
    let older = try journal(1, page + heading + "crash R1\n")
    let torn = ["", "world se", page, page + heading.dropLast(), page + "sess", "\0\0\0\0"]
    for (index, text) in torn.enumerated() { _ = try journal(2 + index, text) }
    let result = try resume()
    #expect(result.output.contains("the screen needs a terminal"), "\(result.output)")
    #expect(result.output.contains("`pbftscope run \(older) --plain`"), "\(result.output)")
    // What is added to a page without a session could never be read again.
    for (index, text) in torn.enumerated() where !text.isEmpty {
      let path = try journal(2 + index, text)
      let result = try resume(path)
      #expect(result.status == 2)
      #expect(result.output.contains("there is no session in it to go on with"), "\(result.output)")
      #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }
    try FileManager.default.removeItem(atPath: older)
    let none = try resume()
    #expect(none.status == 2)
    #expect(none.output.hasPrefix("pbftscope: there is nothing to resume in "), "\(none.output)")
  }

  @Test func `a heading that is torn and ends all the same`() throws {
    let text = page + "session 1\n"
    let path = try journal(1, text)
    let result = try resume()
    #expect(result.status == 2)
    #expect(result.output.contains("there is no session in it to go on with"), "\(result.output)")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
  }

  @Test func `neither XDG_STATE_HOME nor HOME`() throws {
    let result = try Program.shell("env -u XDG_STATE_HOME -u HOME '\(Program.path)' resume")
    #expect(result.status == 2)
    #expect(result.output.contains("there is nothing to resume"), "\(result.output)")
  }

  @Test func `what is offered can be typed to a shell as it stands`() throws {
    let name = "it's a session.pbft"
    _ = try scratch.file(page + heading + "crash R1\nrestart R0\n", name)
    let word = "'\(scratch.path)/it'\\''s a session.pbft'"
    let result = try Program.run(word)
    #expect(result.status == 2)
    #expect(result.output.contains(": `pbftscope \(word) --to-line 6`"), "\(result.output)")
    let rest = try Program.run("\(word) --to-line 6")
    #expect(rest.output.contains("the screen needs a terminal"), "\(rest.output)")
  }
}
