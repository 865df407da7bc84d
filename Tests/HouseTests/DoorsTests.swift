import Foundation
import Testing

/// The plan of the house: what each room may import, and what the package declares.
@Suite struct `The doors between the rooms` {
  /// Who may import what.
  ///
  /// Nothing else is imported anywhere, but for the standard library.
  static let plan: [String: Set<String>] = [
    "PBFT": ["Crypto"],
    "Simulation": ["PBFT"],
    "Language": ["PBFT", "Simulation"],
    "Search": ["PBFT", "Simulation", "Language"],
    "Export": ["PBFT", "Simulation", "Language", "Cells"],
    "Cells": [],
    "Screens": ["PBFT", "Simulation", "Language", "Cells"],
    "Terminal": ["Cells", "CTerminal", "Glibc", "Musl", "Darwin"],
    "pbftscope": [
      "PBFT", "Simulation", "Language", "Search", "Export", "Cells", "Screens", "Terminal",
      "ArgumentParser", "Foundation", "Glibc", "Musl", "Darwin",
    ],
  ]

  /// What comes with the toolchain and is declared nowhere.
  static let toolchain: Set<String> = ["Foundation", "Glibc", "Musl", "Darwin", "Testing"]

  @Test(arguments: plan.keys.sorted())
  func `a room imports only what its door lets in`(room: String) throws {
    let allowed = Self.plan[room] ?? []
    for file in try House.swiftFiles(in: "Sources/\(room)") {
      for module in try House.imports(of: file) where !allowed.contains(module) {
        Issue.record(
          "\(file) imports \(module); \(room) may import \(allowed.sorted().joined(separator: ", "))"
        )
      }
    }
  }

  @Test func `every room of the sources is in the plan`() throws {
    let rooms = try House.folders(in: "Sources").filter { $0 != "CTerminal" }
    #expect(rooms == Self.plan.keys.sorted())
  }

  @Test func `a target declares every module that it imports, and no other`() throws {
    let declared = try House.declaredDependencies()
    for (target, modules) in declared.sorted(by: { $0.key < $1.key }) {
      let isForTests = ["Tests", "Probe", "Support"].contains { target.hasSuffix($0) }
      let folder = isForTests ? "Tests" : "Sources"
      if target == "CTerminal" { continue }
      var imported: Set<String> = []
      for file in try House.swiftFiles(in: "\(folder)/\(target)") {
        imported.formUnion(try House.imports(of: file))
      }
      imported.subtract(Self.toolchain)
      let undeclared = imported.subtracting(modules).sorted()
      #expect(
        undeclared == [],
        "\(target) imports \(undeclared) and does not declare it: it would not be rebuilt with it")
      let unused = modules.subtracting(imported).filter {
        $0 != "pbftscope" && $0 != "TerminalProbe"
      }
      .sorted()
      #expect(unused == [], "\(target) declares \(unused) and does not import it")
    }
  }

  @Test func `only the executable and its tests do input and output`() throws {
    for room in Self.plan.keys.sorted() where room != "pbftscope" && room != "Terminal" {
      for file in try House.swiftFiles(in: "Sources/\(room)") {
        // A `Fingerprint()` prints nothing.
        let text = try House.text(of: file).replacing("Fingerprint(", with: "")
        for word in [
          "print(", "readLine(", "Date()", "ContinuousClock", "SystemRandomNumberGenerator",
          ".random(in",
        ] {
          #expect(!text.contains(word), "\(file) uses \(word)")
        }
      }
    }
  }

  @Test func `the top level holds what the plan names`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: House.root)
      .filter { !$0.hasPrefix(".") && !$0.hasPrefix("soak-") && $0 != "Package.resolved" }
      .sorted()
    #expect(names == ["Makefile", "Package.swift", "README.md", "Sources", "Tests", "demos"])
  }

  @Test func `the formatter has nothing to say`() throws {
    let result = try Program.shell(
      "swift format lint --strict --recursive Package.swift Sources Tests")
    #expect(result.status == 0, "make format mends most of it:\n\(result.output.prefix(2_000))")
  }

  @Test func `every section of the paper that the code cites exists`() throws {
    let sections = ["3", "4", "4.1", "4.2", "4.3", "4.4", "4.5", "4.5.1", "4.5.2"]
    for file in try House.swiftFiles(in: "Sources") {
      for match in try House.text(of: file).matches(of: #/§(\d+(?:\.\d+)*)/#) {
        let section = String(match.output.1)
        #expect(sections.contains(section), "\(file) cites §\(section)")
      }
    }
  }
}
