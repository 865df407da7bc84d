internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// What every part of a picture looks at.
struct Scene {
  let model: Model
  let world: World
  /// The world one step before; at the beginning the same, so that nothing is new.
  let before: World
  let glyphs: Glyphs
  let speaker: Speaker
  let inFlight: [Envelope]
  let alarms: [Alarm]
  let alarmsBefore: [Alarm]

  init(_ model: Model) {
    self.model = model
    world = model.world
    before = model.before ?? model.world
    glyphs = model.glyphs
    speaker = Speaker(
      digests: world.letters, cluster: world.cluster, unicode: !model.glyphs.isASCII)
    inFlight = world.inFlight
    alarms = world.alarms
    alarmsBefore = before.alarms
  }

  var settings: Settings { world.settings }
  var cluster: Cluster { world.cluster }

  func text(_ glyph: Unicode.Scalar) -> String { String(Character(glyph)) }

  /// The letter of a digest, or `-` for the null request in a narrow place.
  func letter(_ digest: Digest) -> String {
    digest == Batch.null.digest ? "-" : speaker.name(of: digest)
  }

  /// `n3 c`, or what names the message otherwise; without blanks between them.
  func subject(_ message: Message) -> String {
    switch message {
    case .request(let request): return request.description
    case .reply(let reply): return "\(reply.client)/\(reply.timestamp.number)"
    case .prePrepare, .prepare, .commit:
      return "\(message.sequence?.description ?? "")\(message.digest.map(letter) ?? "")"
    case .viewChange(let change): return "\(change.view) P=\(change.prepared.count)"
    case .newView(let newView): return "\(newView.view) O=\(newView.prePrepares.count)"
    case .checkpoint, .fetch, .data: return message.sequence?.description ?? ""
    case .status(let status): return status.view.description
    }
  }

  /// `3.42`: seconds with two decimals, fewer where the time is long.
  func time(_ instant: Instant) -> String {
    let hundredths = (instant.microseconds + 5_000) / 10_000
    if hundredths >= 100_000 { return "\(hundredths / 100)" }
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// `1.9`: how long until then.
  func remaining(until instant: Instant) -> String {
    let tenths = max(instant.microseconds - world.now.microseconds + 50_000, 0) / 100_000
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// The first of several texts that fits; the last, whatever it is, where none does.
  func fitting(_ width: Int, _ texts: [String]) -> String {
    texts.first { $0.columns <= width } ?? texts.last ?? ""
  }

  /// The same with styles.
  func fitting(_ width: Int, _ texts: [[Span]]) -> [Span] {
    texts.first { $0.columns <= width } ?? texts.last ?? []
  }

  /// A verdict's mark: it counts, it is kept, it is refused.
  func mark(_ verdict: Verdict) -> Span {
    switch verdict {
    case .accepted: Span(text(glyphs.done), .done)
    case .kept: Span(text(glyphs.kept), .quiet)
    case .refused: Span(text(glyphs.refused), .fault)
    }
  }

  func style(_ message: Message) -> Style { Style(Role(message.kind)) }
}

extension String {
  /// With blanks before it up to a width.
  func right(_ width: Int) -> String {
    String(repeating: " ", count: max(0, width - columns)) + self
  }

  /// With blanks behind it up to a width.
  func left(_ width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - columns))
  }

  /// Without blanks before and behind it.
  var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
