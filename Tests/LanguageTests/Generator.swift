import Language
import PBFT
import Simulation

/// Makes commands and conditions of every form.
struct Generator {
  var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed) }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
  mutating func coin() -> Bool { below(2) == 0 }

  mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }

  mutating func some<Value>(_ most: Int, _ make: (inout Self) -> Value) -> [Value] {
    (0..<below(most + 1)).map { _ in make(&self) }
  }

  mutating func maybe<Value>(_ make: (inout Self) -> Value) -> Value? {
    coin() ? make(&self) : nil
  }

  mutating func replica() -> ReplicaID { ReplicaID(below(13)) }
  mutating func client() -> ClientID { ClientID(below(12)) }
  mutating func principal() -> Principal { coin() ? .replica(replica()) : .client(client()) }
  mutating func view() -> View { View(below(5)) }
  mutating func sequence() -> SequenceNumber {
    SequenceNumber(coin() ? below(20) : 1_000_000_000 - below(5))
  }
  mutating func duration() -> Duration {
    Duration(
      microseconds: pick([1, 999, 1_000, 1_001, 250_000, 1_500_000, 60_000_000]) * below(99))
  }
  mutating func request() -> RequestName {
    RequestName(client(), Timestamp(below(100)))
  }

  mutating func text() -> String {
    if below(4) == 0 {
      return pick([
        "", "and", "or", "within", "at", "a b", "\"", "\\", "\u{301}x", "é\n", "#", "\u{7}",
      ])
    }
    let letters: [Unicode.Scalar] = [
      "a", "B", "7", "_", ".", "-", " ", "\"", "\\", "\t", "é", "\u{301}", "∅",
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<below(7) { text.append(pick(letters)) }
    return String(text)
  }

  mutating func digest() -> DigestName {
    switch below(4) {
    case 0: .null
    case 1: .bogus
    case 2: .letter(below(coin() ? 30 : 20_000))
    default: .requests([request()] + some(2) { $0.request() })
    }
  }

  mutating func link() -> LinkPattern {
    LinkPattern(from: maybe { $0.principal() }, to: maybe { $0.principal() }, bothWays: coin())
  }

  mutating func message() -> MessageReference {
    coin()
      ? .number(below(1_000))
      : .described(
        pick(Message.Kind.allCases), from: principal(), to: principal(), view: maybe { $0.view() },
        sequence: maybe { $0.sequence() })
  }

  mutating func operation() -> Operation {
    switch below(5) {
    case 0: .put(key: text(), value: text())
    case 1: .add(key: text(), amount: pick([0, -3, 7, .max, .min]))
    case 2: .append(key: text(), value: text())
    case 3: .get(key: text())
    default: .delete(key: text())
    }
  }
}
