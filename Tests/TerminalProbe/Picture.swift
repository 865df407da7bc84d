import Cells
import Terminal

extension Role {
  static let colours = (1...6).map { Role(UInt8($0)) }
}

let rainbow = Theme(
  name: "rainbow",
  indexed256: [Ink(.index(255), on: .index(234))]
    + [75, 178, 49, 225, 167, 209].map { Ink(.index($0), on: .index(234)) },
  sixteen: [.standard] + (1...6).map { Ink(.index($0)) },
  monochrome: [[], .bold, .reverse, .underline])

/// The known picture: a title, a framed rainbow, and the latest inputs.
func draw(size: Size, glyphs: Glyphs, about: String, log: [String]) -> CellBuffer {
  var buffer = CellBuffer(size: size)
  buffer.put("probe \(size.columns)x\(size.rows) \(about)", at: .zero)
  let frame = Region(x: 0, y: 1, columns: 20, rows: 3)
  let inside = buffer.box(frame, title: ["title"], lines: glyphs.light)
  buffer.put(
    Role.colours.map { Span(String(glyphs.received), Style($0)) }, at: inside.origin)
  for (index, line) in log.suffix(max(size.rows - 4, 0)).enumerated() {
    buffer.put(line, at: Position(x: 0, y: 4 + index), ellipsis: glyphs.ellipsis)
  }
  return buffer
}

func describe(_ input: Input) -> String {
  switch input {
  case .key(.character(let character)): "key \(character)"
  case .key(let key): "key \(key)"
  case .mouse(let mouse):
    "mouse \(mouse.button) \(mouse.action) at \(mouse.position.x),\(mouse.position.y)"
  case .resize(let size): "resize \(size.columns)x\(size.rows)"
  case .paste(let text): "paste \(text.split(separator: "\n").joined(separator: "/"))"
  case .tick: "tick"
  case .quit(let reason): "quit \(reason)"
  }
}

/// Says what a picture costs to draw and send, when little and when everything changes.
func benchmark(_ console: consuming Console) {
  let size = console.size
  func picture(_ step: Int) -> CellBuffer {
    var buffer = CellBuffer(size: size)
    for x in stride(from: 0, to: size.columns, by: 40) {
      buffer.box(
        Region(x: x, y: 0, columns: 40, rows: size.rows), title: ["pane"],
        lines: console.glyphs.light)
      for y in 1..<max(size.rows - 1, 1) {
        let spans = (0..<6).map { Span("R\($0)●\(y) ", Style(Role.colours[$0])) }
        buffer.put(spans, at: Position(x: x + 1, y: y), maxWidth: 38)
      }
    }
    buffer.put("step \(step)", at: Position(x: step % 50, y: step % max(size.rows, 1)))
    return buffer
  }
  let clock = ContinuousClock()
  var timings: [(String, [Duration])] = [("drawn", []), ("sent", []), ("all sent", [])]
  let still = Theme(name: "other", indexed256: [Ink(.index(16), on: .index(231))])
  for step in 0..<200 {
    var buffer = CellBuffer(size: size)
    timings[0].1.append(clock.measure { buffer = picture(step) })
    timings[1].1.append(clock.measure { console.present(buffer, theme: rainbow) })
  }
  for step in 0..<200 {
    let buffer = picture(step)
    timings[2].1.append(
      clock.measure { console.present(buffer, theme: step % 2 == 0 ? still : rainbow) })
  }
  for (name, all) in timings {
    report("\(name): median \(all.sorted()[100]), worst \(all.max() ?? .zero)\n")
  }
}
