import Foundation
import Language
import PBFT
import Simulation
import Testing

@Suite struct `The rules` {
  @Test func `have each accepted something and refused something`() {
    let coverage = Stories.all.coverage
    for rule in Rule.allCases {
      let (accepted, refused) = coverage[rule]
      if accepted == 0 { Issue.record("\(rule.name) has accepted nothing") }
      if refused == 0 { Issue.record("\(rule.name) has refused nothing") }
    }
  }

  @Test func `tell what they do, in every story as it expects`() {
    #expect(Stories.all.failures == [])
  }

  @Test func `say what they refuse in sentences of their own`() {
    let examples = Stories.all.examples
    for rule in Rule.allCases {
      let told = [Verdict.accepted, .kept, .refused].compactMap { examples[rule, $0] }
      if examples[rule, .refused] == nil && examples[rule, .kept] == nil {
        Issue.record("\(rule.name) has told no refusal")
      }
      for sentence in told {
        // The words of the catalogue are for findings without values.
        #expect(!sentence.contains(rule.entry.sentence.dropLast()), "\(rule.name): \(sentence)")
        #expect(!sentence.contains("nil") && !sentence.contains("…"), "\(rule.name): \(sentence)")
      }
    }
  }

  @Test func `are on the page of the documentation as they speak now`() throws {
    let page = try RulesPage.markdown(Stories.all.examples, scripts: House.ablations())
    let name = "Sources/Language/Language.docc/Rules.md"
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try page.write(toFile: House.path(name), atomically: true, encoding: .utf8)
      return
    }
    let written = try House.text(of: name)
    guard page != written else { return }
    let lines = Set(written.split(separator: "\n"))
    let news = page.split(separator: "\n").filter { !lines.contains($0) }
    Issue.record(
      "\(name) is not as the rules speak now; UPDATE_GOLDEN=1 swift test writes it:\n\(news.joined(separator: "\n"))"
    )
  }

  @Test func `and the reasons for waiting have all been given`() {
    for topic in Reason.Topic.allCases where Stories.all.examples[topic] == nil {
      Issue.record("nobody has waited for: \(topic.sentence)")
    }
  }
}
