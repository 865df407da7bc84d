import Foundation
import Testing

@Suite struct `pbftscope soak` {
  @Test func `reports what it has searched, and exits 0 when nothing went wrong`() throws {
    let result = try Program.run("soak --seconds 1 --seed 5")
    #expect(result.status == 0, "\(result.output)")
    for word in ["worlds", "steps", "deliveries", "views entered", "refusals", "same-view"] {
      #expect(result.output.contains(word), "\(result.output)")
    }
    #expect(result.output.contains(/violations +0\n/) && result.output.contains(/unsettled +0\n/))
  }

  @Test func `prints the page of a failing world, and exits 1`() throws {
    let result = try Program.run("soak --seconds 60 --without committed --print")
    #expect(result.status == 1, "\(result.output)")
    #expect(result.output.contains("commands are enough"))
    #expect(result.output.contains("title \"Random walk"))
    #expect(result.output.hasSuffix("expect not violated\n"))
  }

  @Test(arguments: [
    ("--seconds 0", "expected a number from 1"), ("--without comited", "unknown rule"),
  ])
  func `a mistake in the arguments exits 2, in one line`(arguments: String, part: String) throws {
    let result = try Program.run("soak \(arguments)")
    #expect(result.status == 2 && result.output.contains(part), "\(result.output)")
    #expect(result.output.split(separator: "\n").count == 1)
  }
}
