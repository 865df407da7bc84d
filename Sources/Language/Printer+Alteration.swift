internal import PBFT
public import Simulation

extension Alteration {
  /// As the language writes it: `view 3`, `repeat 500ms`.
  public var text: String {
    switch self {
    case .view(let view): "view \(view.number)"
    case .sequence(let n): "n \(n.number)"
    case .digest(let name): "digest \(name.text)"
    case .sender(let replica): "sender \(replica)"
    case .result(let result): "result \(written(result))"
    case .withheld: "drop"
    case .repeated(let duration): "repeat \(duration.text)"
    case .stale: "stale"
    case .corrupt: "corrupt"
    }
  }
}
