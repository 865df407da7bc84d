import Foundation
import Testing

/// Whoever gives a world or a replica one property more must say how it is compared.
@Suite struct `Nothing of a state is forgotten where it is compared` {
  /// What a fingerprint leaves out, by type.
  private let leftOut: [String: Set<String>] = [
    // The key is that of the name.
    "Replica": ["signer"], "Client": ["signer"],
    // Worked out from the rest.
    "Settings": ["needs", "order"], "Slot": ["prepareTally", "commitTally"], "Log": ["ringSize"],
    "Misbehaviour": ["reach"],
    // A digest stands for them.
    "ViewChange": ["view", "stable", "prepared", "replica"],
    "Digest": ["second", "third", "fourth"], "Request": ["content"],
    // Another property says the same.
    "ReplicaID": ["number"], "ClientID": ["number"],
    // How the same things are kept.
    "Agenda": ["heap", "free", "lastTicket"],
  ]

  /// What two equal worlds may differ in.
  private let incomparable: Set<String> = ["scratch"]
  /// What a world's hash leaves out.
  private let unhashed: Set<String> = [
    "step", "scratch", "digestLetters", "requests", "acceptedResults", "refusedRules", "coverage",
    "hasTwins", "actsAsTwin",
  ]

  @Test func `a fingerprint speaks of every stored property`() throws {
    let files = try ["PBFT", "Simulation"].flatMap { try House.swiftFiles(in: "Sources/\($0)") }
    let declared = try files.map { Declarations(of: try House.text(of: $0)) }
    var seen = 0
    for file in files where file.contains("Fingerprint") || file.contains("Agenda.swift") {
      for (type, body) in Self.fingerprints(in: try House.text(of: file)) {
        let properties = declared.lazy.compactMap { $0.properties[type] }.first ?? []
        seen += properties.count
        for (property, _) in properties {
          let isLeftOut = leftOut[type]?.contains(property) == true
          #expect(
            Self.mentions(body, property) != isLeftOut,
            "the fingerprint of \(type) \(isLeftOut ? "holds" : "leaves out") \(property)")
        }
      }
    }
    #expect(seen > 150, "\(seen) properties")
  }

  @Test func `worlds are compared by every stored property`() throws {
    let world = Declarations(of: try House.text(of: "Sources/Simulation/World.swift"))
    let properties = try #require(world.properties["World"]).map(\.name)
    #expect(properties.count > 25 && properties.contains("agenda"))
    let equality = try House.text(of: "Sources/Simulation/World+Equality.swift")
    let text = try House.text(of: "Sources/Simulation/World+Fingerprint.swift")
    let start = try #require(text.range(of: "func combine"))
    let fingerprint = String(text[start.upperBound...])
    for property in properties {
      #expect(
        equality.contains("other.\(property)") != incomparable.contains(property),
        "== of worlds and \(property)")
      #expect(
        Self.mentions(fingerprint, property) != unhashed.contains(property),
        "the hash of a world and \(property)")
    }
  }

  @Test func `what an adversary remembers is in its fingerprint`() throws {
    var seen: [String] = []
    for file in try House.swiftFiles(in: "Sources/Simulation/Misbehaviours") {
      let text = try House.text(of: file)
      let body = text.range(of: "func combineMemory(into").map { text[$0.upperBound...] } ?? ""
      let declared = Declarations(of: text)
      for match in text.matches(of: #/struct (\w+): Adversary \{/#) {
        let type = String(match.output.1)
        for (property, isVariable) in declared.properties[type] ?? [] where isVariable {
          seen.append(property)
          #expect(Self.mentions(String(body), property), "\(type) and \(property)")
        }
      }
    }
    #expect(seen == ["last", "told", "gap", "given", "departures", "proposed", "view"])
  }

  // MARK: Reading

  private static func mentions(_ text: String, _ word: String) -> Bool {
    text.split { !$0.isLetter && !$0.isNumber }.contains(Substring(word))
  }

  /// Each type that can be combined into a fingerprint, and how.
  private static func fingerprints(in text: String) -> [(type: String, body: String)] {
    text.components(separatedBy: "\nextension ").dropFirst().compactMap { part in
      guard let name = part.split(separator: ":").first,
        part.split(separator: "\n").first?.contains("Fingerprintable {") == true
      else { return nil }
      return (String(name), part.components(separatedBy: "\n}")[0])
    }
  }
}

/// The stored properties of every struct that a file declares, by its whole name.
private struct Declarations {
  private(set) var properties: [String: [(name: String, isVariable: Bool)]] = [:]

  init(of text: String) {
    var types: [(name: String, indent: Int, isStruct: Bool)] = []
    for line in text.split(separator: "\n") {
      let indent = line.prefix { $0 == " " }.count
      let words = line.dropFirst(indent).split(separator: " ")
      if words.first?.hasPrefix("//") != false { continue }
      if words[0] == "}", types.last?.indent == indent { types.removeLast() }
      if let place = words.firstIndex(where: { ["struct", "enum", "class"].contains($0) }),
        words.last == "{", place + 1 < words.count
      {
        let name = words[place + 1].prefix { $0.isLetter || $0.isNumber }
        types.append((String(name), indent, words[place] == "struct"))
        continue
      }
      guard let type = types.last, type.isStruct, indent == type.indent + 2,
        !line.contains("{") || line.contains("{ didSet"), !words.contains("static"),
        let place = words.firstIndex(where: { $0 == "var" || $0 == "let" })
      else { continue }
      let name = words[place + 1].prefix { $0.isLetter || $0.isNumber }
      properties[types.map(\.name).joined(separator: "."), default: []].append(
        (String(name), words[place] == "var"))
    }
  }
}
