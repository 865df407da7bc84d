public import PBFT
public import Simulation

extension Duration {
  /// As the language writes it: `500ms`, `1.5s`.
  public var text: String { Times.text(microseconds: microseconds) }
}

extension Instant {
  /// As the language writes it: `3s`.
  public var text: String { Times.text(microseconds: microseconds) }
}

extension Operation {
  /// As the language writes it, texts in quotation marks where they need them: `append x "a b"`.
  public var text: String {
    switch self {
    case .put(let key, let value): "put \(written(key)) \(written(value))"
    case .add(let key, let amount): "add \(written(key)) \(amount)"
    case .append(let key, let value): "append \(written(key)) \(written(value))"
    case .get(let key): "get \(written(key))"
    case .delete(let key): "delete \(written(key))"
    }
  }
}

extension DigestName {
  /// As the language writes it: `a`, `alice/1+bob/1`, `null`, `bogus`.
  public var text: String {
    switch self {
    case .letter(let index): Letters.name(of: index)
    case .requests(let names): names.map(\.description).joined(separator: "+")
    case .null: "null"
    case .bogus: "bogus"
    }
  }
}

extension LinkPattern {
  /// As the language writes it: `R1>R2`, `R1<>*`.
  public var text: String {
    "\(from?.description ?? "*")\(bothWays ? "<>" : ">")\(to?.description ?? "*")"
  }
}

extension MessageReference {
  /// As the language writes it: `#31`, `PREPARE R2>R3 v0 n1`.
  public var text: String {
    switch self {
    case .number(let number): return "#\(number)"
    case .described(let kind, let from, let to, let view, let sequence):
      var text = "\(kind.rawValue) \(from)>\(to)"
      if let view { text += " \(view)" }
      if let sequence { text += " \(sequence)" }
      return text
    }
  }
}
