internal import Export
internal import Language
internal import Simulation

/// One of the two that are compared: a trace that is read line by line, or a page that was played.
struct DiffSide {
  /// `A` or `B`.
  let name: String
  let path: String
  /// The fields of the first line of the trace.
  let header: TraceFields
  private var source: Source

  private enum Source {
    case trace(LineReader)
    case page(Playback)
  }

  /// One line of the trace, and where it comes from.
  struct Entry {
    let bytes: [UInt8]
    let step: Int
    /// The line of the file that says this, or that led to it.
    let line: Int?
    /// As somebody reads it who compares pages.
    let telling: String?
  }

  init(_ name: String, _ path: String, _ limit: Int) throws {
    self.name = name
    self.path = path
    let reader = try LineReader(path)
    if try reader.firstByte() == UInt8(ascii: "{") {
      header = try Self.header(reader)
      source = .trace(reader)
      return
    }
    let playback = try Playback(try readScript(path), path: path, limit: limit)
    guard let fields = TraceFields(Array(playback.header.utf8)) else {
      preconditionFailure("the header is an object")
    }
    header = fields
    source = .page(playback)
  }

  private static func header(_ reader: LineReader) throws -> TraceFields {
    guard let line = try reader.next(), let fields = TraceFields(line),
      fields.text("format") == "pbftscope-trace"
    else {
      throw fail(
        "\(reader.path): line 1: this is no trace; expected what `pbftscope run FILE --trace` writes"
      )
    }
    guard fields.number("version") == Trace.version else {
      throw fail(
        "\(reader.path): line 1: the trace is of version \(fields["version"] ?? "none"); "
          + "this program reads version \(Trace.version)")
    }
    return fields
  }

  /// What happens next; nil at the end.
  mutating func next() throws -> Entry? {
    switch source {
    case .trace(let reader):
      guard let bytes = try reader.next() else { return nil }
      guard let step = Self.step(of: bytes) else {
        throw fail(
          "\(path): line \(reader.number): this is no line of a trace; it may have been cut off here"
        )
      }
      return Entry(bytes: bytes, step: step, line: reader.number, telling: nil)
    case .page(var playback):
      let happening = playback.next()
      source = .page(playback)
      return happening.map {
        Entry(
          bytes: Array(Trace.line($0).utf8), step: $0.step, line: playback.line(of: $0.step),
          telling: playback.telling($0))
      }
    }
  }

  /// The step of a line that is whole.
  private static func step(of bytes: [UInt8]) -> Int? {
    // As this program writes it; else whatever is JSON and has a step.
    let start = Array(#"{"step":"#.utf8)
    guard bytes.starts(with: start), bytes.last == UInt8(ascii: "}") else {
      return TraceFields(bytes)?.number("step")
    }
    var number = 0
    for byte in bytes[start.count...] {
      guard (48...57).contains(byte) else { break }
      let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
      let (sum, more) = tens.addingReportingOverflow(Int(byte) - 48)
      guard !overflow, !more else { return nil }
      number = sum
    }
    return number
  }

  /// How many steps it has; nil for a trace, which does not tell of those in which nothing happened.
  var steps: Int? { if case .page(let playback) = source { playback.steps } else { nil } }

  /// Its branches; nil for a trace, which has one line.
  var branches: [Playback.Twig]? {
    if case .page(let playback) = source { playback.branches } else { nil }
  }

  var isPage: Bool { steps != nil }
}
