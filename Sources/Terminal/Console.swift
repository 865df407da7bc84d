internal import CTerminal
public import Cells

/// The terminal, taken over: pictures go out, inputs come in.
///
/// It is given back as it was, whatever happens: when the value's life ends, when the process exits, and
/// when it crashes. What the program writes to standard error meanwhile is kept and printed after that.
/// There is one terminal, so there may be one console at a time, and it belongs to the main thread.
///
/// ```swift
/// var console = try Console()
/// while true {
///   console.present(draw(model, console.size), theme: theme)
///   for input in console.wait() { model.update(input) }
/// }
/// ```
public struct Console: ~Copyable {
  /// How many colours can be shown; none if none were wanted.
  public let depth: ColourDepth

  /// The set the terminal can show: ASCII outside UTF-8, and on Linux's own console, whose font is small.
  public let glyphs: Glyphs

  private let inks: InkTable
  private var shown: Frame?
  private var row: [CTCell] = []

  /// Takes the terminal over.
  ///
  /// The picture goes to the terminal the process was started from, so input and output may be pipes.
  ///
  /// - Parameters:
  ///   - mouse: Whether the mouse is ours. While it is, the user selects text with Shift held down.
  ///   - colour: Without it nothing but bold, reverse and underline is ever sent.
  /// - Throws: If there is no terminal, or none that a picture can be drawn on. Nothing has been written to
  ///   it then.
  public init(mouse: Bool = true, colour: Bool = true) throws(ConsoleError) {
    if let error = ConsoleError(ct_start(mouse, colour)) { throw error }
    let info = ct_info()
    inks = InkTable(colours: Int(info.colours))
    depth = inks.depth
    glyphs = info.utf8 && String(cString: ct_term()) != "linux" ? .unicode : .ascii
  }

  deinit { ct_stop() }

  /// The size it has now, as far as ``wait(milliseconds:)`` has told.
  public var size: Size {
    let info = ct_info()
    return Size(columns: Int(info.columns), rows: Int(info.rows))
  }

  /// Switches the mouse on or off.
  public func setMouse(_ on: Bool) { ct_set_mouse(on) }

  /// Has the next picture sent whole, whatever is believed to be on the screen (Ctrl-L).
  public func redraw() { ct_redraw() }

  /// Gives the terminal back.
  public consuming func close() {}

  /// Gives the terminal back and ends the process by the signal that asked for it, so that the shell
  /// sees 130 for Ctrl-C and 143 for SIGTERM.
  public consuming func die(of reason: QuitReason) -> Never { ct_die(reason.signal) }
}

// MARK: - Out

extension Console {
  /// What is on the screen.
  private struct Frame {
    var buffer: CellBuffer
    var theme: Theme
  }

  /// Shows a picture: what has changed since the last one is sent, at once.
  ///
  /// A picture larger than the screen is clipped, and one that is smaller leaves the rest blank.
  public mutating func present(_ buffer: borrowing CellBuffer, theme: Theme) {
    let before = shown.flatMap { $0.theme == theme && $0.buffer.size == buffer.size ? $0 : nil }
    if before == nil { ct_erase() }
    for y in 0..<buffer.size.rows {
      let cells = buffer.row(y)
      if let before, before.buffer.row(y) == cells { continue }
      send(cells, theme: theme, row: y)
    }
    ct_flush()
    shown = Frame(buffer: copy buffer, theme: theme)
  }

  private mutating func send(_ cells: ArraySlice<Cell>, theme: Theme, row y: Int) {
    row.removeAll(keepingCapacity: true)
    // Neighbours mostly look the same, so the ink is looked up once for a run.
    var style = Style.plain
    var cell = inks.cell(theme.ink(for: style, depth: depth))
    for next in cells {
      if next.style != style {
        style = next.style
        cell = inks.cell(theme.ink(for: style, depth: depth))
      }
      cell.glyph = next.glyph.value
      row.append(cell)
    }
    ct_put_row(Int32(y), row, Int32(row.count))
  }
}

// MARK: - In

extension Console {
  /// Sleeps until there is input, and returns all there is.
  ///
  /// A held key and a window that is being resized thus cost one picture for a burst, not one for each.
  /// Ctrl-Z is dealt with here: it returns when the program is continued.
  ///
  /// - Parameter milliseconds: The longest to sleep; without it, for ever, and nothing is burnt meanwhile.
  /// - Returns: The inputs in order; ``Input/tick`` is the last if the time has passed.
  public func wait(milliseconds: Int? = nil) -> [Input] {
    guard let milliseconds else {
      while true {
        ct_wait(-1)
        let inputs = drain()
        if !inputs.isEmpty { return inputs }
      }
    }
    let deadline = ContinuousClock.now + .milliseconds(Int32(clamping: milliseconds))
    while true {
      let left = Int(ContinuousClock.now.duration(to: deadline) / .milliseconds(1))
      ct_wait(Int32(clamping: max(left, 0)))
      let inputs = drain()
      if ContinuousClock.now >= deadline { return inputs + [.tick] }
      if !inputs.isEmpty { return inputs }
    }
  }

  private func drain() -> [Input] {
    var decoder = Decoder()
    while true {
      let event = ct_next()
      if event.kind == .nothing { return decoder.inputs }
      decoder.take(event)
    }
  }
}
