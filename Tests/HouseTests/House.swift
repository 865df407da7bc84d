import Foundation

/// The checkout that these tests were built from, read as text.
enum House {
  static let root: String = {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    return folder.path
  }()

  static func path(_ name: String) -> String { "\(root)/\(name)" }

  static func text(of name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  /// Every Swift file below a folder, in order of their names, relative to the root.
  static func swiftFiles(in folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path(folder))
      .filter { $0.hasSuffix(".swift") }.sorted().map { "\(folder)/\($0)" }
  }

  static func folders(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(folder)).sorted()
  }

  /// The modules that a file imports.
  static func imports(of file: String) throws -> [String] {
    try text(of: file).split(separator: "\n").compactMap { line in
      line.firstMatch(
        of:
          #/^\s*(?:public |internal |package |private |fileprivate )?(?:@\w+ )?import (?:struct |class |enum |func )?(\w+)/#
      ).map { String($0.output.1) }
    }
  }

  /// What each target of Package.swift declares, by target.
  static func declaredDependencies() throws -> [String: Set<String>] {
    let names = ["crypto": "Crypto", "arguments": "ArgumentParser"]
    var declared: [String: Set<String>] = [:]
    let text = try text(of: "Package.swift")
    let pattern =
      #/\.(?:target|executableTarget|testTarget)\(\s*name: "(\w+)"(?:,\s*dependencies: \[([^\]]*)\])?/#
    for match in text.matches(of: pattern) {
      let list = match.output.2 ?? ""
      declared[String(match.output.1)] = Set(
        list.split(separator: ",").compactMap { item in
          let word = item.trimmingCharacters(in: .whitespacesAndNewlines)
          if word.isEmpty { return nil }
          return names[word] ?? word.trimmingCharacters(in: CharacterSet(charactersIn: "\""))
        })
    }
    return declared
  }

  /// The demos, by path from the root, in order.
  static func demos() throws -> [String] {
    try folders(in: "demos").filter { $0.hasSuffix(".pbft") }.map { "demos/\($0)" }
  }

  /// The pages that take a rule away, likewise.
  static func ablations() throws -> [String] {
    try folders(in: "demos/rules").filter { $0.hasSuffix(".pbft") }.map { "demos/rules/\($0)" }
  }
}
