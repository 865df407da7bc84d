// swift-tools-version: 6.2

import PackageDescription

/// What every Swift target is held to: a warning is an error, and an import shows only what it says.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let arguments = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "pbftscope",
  platforms: [.macOS(.v13)],
  products: [
    .library(name: "PBFT", targets: ["PBFT"]),
    .library(name: "Simulation", targets: ["Simulation"]),
    .executable(name: "pbftscope", targets: ["pbftscope"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    .target(name: "PBFT", dependencies: [crypto], swiftSettings: strict),
    .target(name: "Simulation", dependencies: ["PBFT"], swiftSettings: strict),
    .target(name: "Language", dependencies: ["PBFT", "Simulation"], swiftSettings: strict),
    .target(
      name: "Export", dependencies: ["PBFT", "Simulation", "Language", "Cells"],
      swiftSettings: strict),
    .target(
      name: "Search", dependencies: ["PBFT", "Simulation", "Language"],
      swiftSettings: strict),
    .target(name: "Cells", swiftSettings: strict),
    .target(
      name: "Screens", dependencies: ["PBFT", "Simulation", "Language", "Cells"],
      swiftSettings: strict),
    .target(
      name: "CTerminal",
      linkerSettings: [
        .linkedLibrary("ncursesw", .when(platforms: [.linux])),
        .linkedLibrary("tinfo", .when(platforms: [.linux])),
        .linkedLibrary("ncurses", .when(platforms: [.macOS])),
      ]),
    .target(name: "Terminal", dependencies: ["Cells", "CTerminal"], swiftSettings: strict),
    .executableTarget(
      name: "pbftscope",
      dependencies: [
        "PBFT", "Simulation", "Language", "Search", "Export", "Cells", "Screens", "Terminal",
        arguments,
      ],
      swiftSettings: strict),
    .testTarget(name: "PBFTTests", dependencies: ["PBFT"], swiftSettings: strict),
    .testTarget(
      name: "SimulationTests",
      dependencies: ["PBFT", "Simulation", "Language", "Search", "Export", "SeedSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "SearchTests",
      dependencies: ["PBFT", "Simulation", "Language", "Search", "SeedSupport"],
      swiftSettings: strict),
    .testTarget(name: "CellsTests", dependencies: ["Cells"], swiftSettings: strict),
    .testTarget(
      name: "HouseTests",
      dependencies: ["PBFT", "Simulation", "Language", "Export", "Cells", "Screens", "pbftscope"],
      exclude: ["Stories"],
      swiftSettings: strict),
    .testTarget(
      name: "LanguageTests", dependencies: ["PBFT", "Simulation", "Language", "SeedSupport"],
      swiftSettings: strict),
    // Draws, echoes and crashes on demand; the tests of Terminal run it in a real terminal.
    .executableTarget(
      name: "TerminalProbe", dependencies: ["Cells", "Terminal"], path: "Tests/TerminalProbe",
      swiftSettings: strict),
    .testTarget(
      name: "TerminalTests", dependencies: ["Terminal", "TerminalProbe", "TmuxSupport"],
      swiftSettings: strict),
    // The seeds of random runs, and how a failing one is told.
    .target(name: "SeedSupport", path: "Tests/SeedSupport", swiftSettings: strict),
    // Drives a real terminal.
    .target(name: "TmuxSupport", path: "Tests/TmuxSupport", swiftSettings: strict),
    .testTarget(
      name: "ProgramTests",
      dependencies: [
        "PBFT", "Simulation", "Language", "Cells", "Screens", "Terminal", "TmuxSupport",
        "pbftscope",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ScreensTests",
      dependencies: ["PBFT", "Simulation", "Language", "Cells", "Screens", "SeedSupport"],
      exclude: ["Golden"], swiftSettings: strict),
  ]
)
