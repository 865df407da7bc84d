internal import Cells
internal import Language

/// What is said to whoever goes through a lesson or the tour.
struct Narration {
  let text: String
  /// `3/12`.
  let place: String
  /// All that is said on the way, for the room that it wants.
  let all: [String]
}

extension Scene {
  private var narration: Narration? {
    if let lesson = model.lesson {
      let passed = lesson.lastPassed(in: model.history)
      let text =
        passed.map { lesson.reached[$0].narration }
        ?? "\(Self.sentence(lesson.script.title ?? "A lesson")) Press space to begin."
      let number = passed.map { min($0 + 1, lesson.total) } ?? 0
      return Narration(text: text, place: "\(number)/\(lesson.total)", all: lesson.narrations)
    }
    return model.tour.map { tour in
      let texts = Tour.texts.map { ascii($0) + " Esc leaves the tour." }
      return Narration(text: texts[tour.step], place: "\(tour.step + 1)/\(texts.count)", all: texts)
    }
  }

  func drawLesson(_ buffer: inout CellBuffer, _ region: Region) {
    guard let narration, region.rows > 0 else { return }
    let style = Style(.lesson)
    let number = narration.place + " "
    let width = region.columns - 2 - number.columns - 1
    let lines = [Span(narration.text, style)].wrapped(width: width)
    for row in 0..<region.rows {
      let y = region.y + row
      buffer.put(text(glyphs.margin), at: Position(x: region.x, y: y), style: style)
      if row == 0 { buffer.put(number, at: Position(x: region.x + 2, y: y), style: .quiet) }
      guard row < lines.count else { continue }
      let isCut = row == region.rows - 1 && lines.count > region.rows
      let line = isCut ? lines[row] + [Span(" " + text(glyphs.ellipsis), style)] : lines[row]
      buffer.put(
        line, at: Position(x: region.x + 2 + number.columns, y: y), maxWidth: width,
        ellipsis: glyphs.ellipsis)
    }
  }

  /// A title with the full stop that it lacks.
  private static func sentence(_ title: String) -> String {
    title.last?.isPunctuation == true ? title : title + "."
  }

  /// How many rows the lesson wants at most.
  func lessonRows(_ width: Int, atMost limit: Int) -> Int {
    guard let narration else { return 0 }
    // The same all the way through, so that nothing jumps.
    let lines = narration.all.map { [Span($0)].wrapped(width: max(width - 8, 1)).count }
    return min(max(lines.max() ?? 0, 2), limit)
  }
}
