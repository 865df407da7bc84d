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

  private func contrast(_ one: RGB, _ other: RGB) -> Double {
    let (a, b) = (luminance(one), luminance(other))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  private func luminance(_ colour: RGB) -> Double {
    func linear(_ part: UInt8) -> Double {
      let value = Double(part) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green)
      + 0.0722 * linear(colour.blue)
  }
}
