import Cells
import Foundation
import Screens
import Testing

@Suite struct ThemeTests {
  @Test("every role can be read in 256 colours", arguments: ["dark", "light", "high-contrast"])
  func contrast(_ name: String) throws {
    let theme = try #require(Themes.named(name))
    for (meaning, role) in Role.named where role != .frame {
      let ink = theme.ink(for: Style(role), depth: .indexed256)
      guard case .index(let text) = ink.foreground, case .index(let paper) = ink.background else {
        Issue.record("\(name): \(meaning) has no fixed colours")
        continue
      }
      #expect(text >= 16 && paper >= 16)
      let ratio = contrast(RGB(paletteIndex: text), RGB(paletteIndex: paper))
      #expect(ratio >= (name == "high-contrast" ? 7 : 4.5), "\(name): \(meaning) has \(ratio)")
    }
  }

  @Test(
    "what has changed stands out from the paper", arguments: ["dark", "light", "high-contrast"])
  func marker(_ name: String) throws {
    let theme = try #require(Themes.named(name))
    let (plain, changed) = (
      theme.ink(for: .plain, depth: .indexed256),
      theme.ink(for: Style(.changed), depth: .indexed256)
    )
    guard case .index(let paper) = plain.background, case .index(let marker) = changed.background
    else {
      Issue.record("\(name) does not paint its paper")
      return
    }
    let ratio = contrast(RGB(paletteIndex: paper), RGB(paletteIndex: marker))
    #expect(ratio >= 2.8, "\(name) has \(ratio)")
  }

  @Test("without colour no colour is used") func mono() throws {
    for theme in Themes.all {
      for (_, role) in Role.named {
        let ink = theme.ink(for: Style(role), depth: .none)
        #expect(ink.foreground == .standard && ink.background == .standard)
      }
    }
    let ink = Themes.mono.ink(for: Style(.fault), depth: .indexed256)
    #expect(ink.foreground == .standard && ink.emphasis == .bold)
  }

  @Test("t goes through all themes and back") func cycle() throws {
    var stage = try Stage()
    var seen: [String] = []
    for _ in Themes.all {
      seen.append(stage.model.theme.name)
      stage.press(.character("t"))
    }
    #expect(seen == ["dark", "light", "high-contrast", "mono"])
    #expect(stage.model.theme.name == "dark")
  }

  @Test(
    "the phases are far apart for every kind of sight, and so are the digests",
    arguments: ["dark", "light", "high-contrast"])
  func distances(_ name: String) throws {
    for (roles, least) in [(Self.phases, 15.0), (Self.digests, 20)] {
      for sight in Sight.allCases {
        let seen = try roles.map { ($0.name, Lab(try fixedColour($0.role, name), as: sight)) }
        for (place, one) in seen.enumerated() {
          for other in seen[(place + 1)...] {
            let distance = one.1.distance(to: other.1)
            #expect(
              distance >= least, "\(name), \(sight): \(one.0) and \(other.0) are \(distance) apart")
          }
        }
      }
    }
  }

  /// The colour of a role in a theme; it must be one that looks the same everywhere.
  private func fixedColour(_ role: Role, _ name: String) throws -> RGB {
    let theme = try #require(Themes.named(name))
    guard case .index(let index) = theme.ink(for: Style(role), depth: .indexed256).foreground else {
      throw Missing(what: "\(name): role \(role.rawValue) has no fixed colour")
    }
    return RGB(paletteIndex: index)
  }

  @Test("the measure of distance is the published one, and blindness mixes what it should")
  func measure() {
    // From the test data of Sharma, Wu and Dalal for CIEDE2000.
    let pairs: [(Lab, Lab, Double)] = [
      (Lab(50, 2.6772, -79.7751), Lab(50, 0, -82.7485), 2.0425),
      (Lab(50, 2.5, 0), Lab(73, 25, -18), 27.1492), (Lab(50, 2.5, 0), Lab(50, 0, -2.5), 4.3065),
      (Lab(60.2574, -34.0099, 36.2677), Lab(60.4626, -34.1751, 39.4387), 1.2644),
      (Lab(2.0776, 0.0795, -1.1350), Lab(0.9033, -0.0636, -0.5514), 0.9082),
    ]
    for (one, other, distance) in pairs {
      #expect(abs(one.distance(to: other) - distance) < 0.0001)
      #expect(abs(other.distance(to: one) - distance) < 0.0001)
    }
    #expect(Self.digests.count == 4)
    let (red, green) = (RGB(paletteIndex: 167), RGB(paletteIndex: 136))
    func apart(_ sight: Sight) -> Double { Lab(red, as: sight).distance(to: Lab(green, as: sight)) }
    #expect(apart(.normal) > 25 && apart(.deuteranope) < apart(.normal) / 2)
  }

  @Test("with sixteen colours each role has one of the first eight, and no two phases look alike")
  func sixteen() {
    for theme in Themes.all {
      for (meaning, role) in Role.named {
        let ink = theme.ink(for: Style(role), depth: .sixteen)
        // The paper is the user's, and a colour above seven is not everywhere.
        #expect(ink.background == .standard, "\(theme.name): \(meaning)")
        if case .index(let index) = ink.foreground {
          #expect(index < 8, "\(theme.name): \(meaning)")
        }
      }
      let phases = Self.phases.map { theme.ink(for: Style($0.role), depth: .sixteen) }
      if theme.name != "mono" { #expect(Set(phases).count == phases.count) }
    }
  }

  @Test("without colour what must be seen stands out from plain text") func emphasis() {
    for theme in Themes.all {
      let plain = theme.ink(for: .plain, depth: .none)
      for role: Role in [.alarm, .fault, .changed, .focus, .key, .header, .notice] {
        #expect(theme.ink(for: Style(role), depth: .none) != plain)
      }
    }
  }

  @Test("a theme is found by its name, and by no other") func names() {
    for theme in Themes.all { #expect(Themes.named(theme.name) == theme) }
    #expect(Themes.named("Dark") == nil && Themes.named("") == nil)
  }

  private static let phases: [(name: String, role: Role)] = [
    ("pre-prepare", .prePrepare), ("prepare", .prepare), ("commit", .commit),
    ("view-change", .viewChange), ("fault", .fault),
  ]

  private static let digests = Role.named.filter { $0.name.hasPrefix("digest-") }

  private struct Missing: Error { let what: String }

  private func contrast(_ one: RGB, _ other: RGB) -> Double {
    let (a, b) = (one.luminance, other.luminance)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }
}
