import Cells
import Language
import PBFT
import Screens
import Simulation

/// The page read back from its picture.
struct QuorumView {
  private var cells: [String: String] = [:]

  init?(_ picture: CellBuffer) {
    let rows = picture.lines(of: picture.region).map(Array.init)
    guard
      let heading = rows.firstIndex(where: {
        String($0).contains(" n ") && String($0).contains("R3") && String($0).contains("▲▼")
      })
    else { return nil }
    let places = (0..<16).compactMap { index -> Int? in
      let name = Array("R\(index)")
      return rows[heading].indices.dropFirst(10).first { rows[heading][$0...].starts(with: name) }
        .map { $0 - 1 }
    }
    var kind = "PRE-PREPARE"
    for row in rows[(heading + 1)...] {
      // The mark of a change stands before the label.
      let label = String(row.prefix(places.first ?? 0)).split { $0 == " " || $0 == "›" }
        .map(String.init)
      guard let first = label.first else { continue }
      if first == "lacks" || first == "lamp" { break }
      var key = "\(kind) \(first)"
      if first == "PRE-PREPARE" { key = "PRE-PREPARE \(label.last ?? "")" }
      if ["PREPARE", "COMMIT", "CHECKPOINT", "CK", "REPLY", "RE"].contains(first) {
        kind = first
        key = "\(kind) tally"
      }
      for (index, x) in places.enumerated() {
        let end = index + 1 < places.count ? places[index + 1] : row.count
        var text = String(row[min(x, end)..<end])
        while text.hasSuffix(" ") { text.removeLast() }
        cells["\(key) \(index)"] = text
      }
    }
  }

  func cell(_ kind: Message.Kind, _ sender: ReplicaID, _ index: Int) -> String? {
    cells["\(kind.rawValue) \(sender) \(index)"]
  }

  func tally(_ kind: Message.Kind, _ index: Int) -> String? {
    cells["\(kind.rawValue) tally \(index)"]
  }
}
