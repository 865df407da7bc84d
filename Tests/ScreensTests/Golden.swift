import Cells
import Foundation
import Testing

/// Compares a picture with the file that holds it; `UPDATE_GOLDEN=1` writes the file.
func expectGolden(
  _ picture: CellBuffer, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  try expectGolden(picture.text, name, sourceLocation: sourceLocation)
}

/// The same for what is told of a picture.
func expectGolden(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden/\(name).txt")
  let actual = text + "\n"
  if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
    try actual.write(to: file, atomically: true, encoding: .utf8)
    return
  }
  guard let expected = try? String(contentsOf: file, encoding: .utf8) else {
    Issue.record(
      "there is no Golden/\(name).txt; UPDATE_GOLDEN=1 swift test writes it",
      sourceLocation: sourceLocation)
    return
  }
  guard actual != expected else { return }
  Issue.record(
    Comment(rawValue: "\(name) has changed:\n" + difference(expected, actual)),
    sourceLocation: sourceLocation)
}

/// The lines that differ, each as it was and as it is.
private func difference(_ expected: String, _ actual: String) -> String {
  let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
  return (0..<max(old.count, new.count)).compactMap { row in
    let was = row < old.count ? String(old[row]) : "(no line)"
    let now = row < new.count ? String(new[row]) : "(no line)"
    return was == now ? nil : "row \(row)\n- \(was)\n+ \(now)"
  }
  .joined(separator: "\n")
}
