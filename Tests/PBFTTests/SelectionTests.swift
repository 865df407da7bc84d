import PBFT
import Testing

@Suite struct `What a new view takes over: O (§4.4)` {
  let bench = Workbench()

  private func rows(_ viewChanges: [ViewChange]) -> [String] {
    let names = [
      bench.a.digest: "A", bench.b.digest: "B", bench.d.digest: "D", Batch.null.digest: "null",
    ]
    return Selection(from: viewChanges, rulesOff: []).rows.map { row in
      let reason =
        switch row.reason {
        case .null: "no proof"
        case .proof(let view, let holders):
          "\(view) \(holders.map(\.description).joined(separator: " "))"
        }
      return "\(row.sequence.number):\(names[row.digest] ?? "?") \(reason)"
    }
  }

  @Test func `E1a: one proof is enough for A`() {
    let proof = bench.proof(0, 1, bench.a, from: [1, 2])
    let v = [
      bench.viewChange(1, from: 1, [proof]), bench.viewChange(1, from: 2, [proof]),
      bench.viewChange(1, from: 3),
    ]
    #expect(rows(v) == ["1:A v0 R1 R2"])
    #expect(rows(v.reversed()) == rows(v))
  }

  @Test func `E2: nothing prepared, nothing taken over`() {
    let selection = Selection(
      from: [1, 2, 3].map { bench.viewChange(1, from: $0) }, rulesOff: [])
    #expect(selection.rows.isEmpty)
    #expect(selection.minS == .zero && selection.maxS == .zero)
  }

  @Test func `E9: the gap between two proofs is null`() {
    let proofs = [
      bench.proof(0, 1, bench.a, from: [1, 2]), bench.proof(0, 3, bench.d, from: [2, 3]),
    ]
    let v = [bench.viewChange(1, from: 1, proofs)] + [2, 3].map { bench.viewChange(1, from: $0) }
    #expect(rows(v) == ["1:A v0 R1", "2:null no proof", "3:D v0 R1"])
  }

  @Test func `the proof of the highest view wins, whoever holds it and in whatever order`() {
    let v = [
      bench.viewChange(3, from: 1, [bench.proof(0, 1, bench.a, from: [1, 2])]),
      bench.viewChange(3, from: 2, [bench.proof(2, 1, bench.b, from: [0, 1])]),
      bench.viewChange(3, from: 3, [bench.proof(1, 1, bench.d, from: [0, 2])]),
    ]
    #expect(rows(v) == ["1:B v2 R2"])
    #expect(rows(v.reversed()) == ["1:B v2 R2"])
  }

  @Test func `what lies at or below the latest stable checkpoint is left out`() {
    let proofs = (1...3).map { bench.proof(0, $0, bench.a, from: [1, 2]) }
    let v = [
      bench.viewChange(1, from: 1, proofs),
      bench.viewChange(1, from: 2, stable: bench.stable(2)),
      bench.viewChange(1, from: 3),
    ]
    let selection = Selection(from: v, rulesOff: [])
    #expect(selection.minS == SequenceNumber(2) && selection.maxS == SequenceNumber(3))
    #expect(selection.stable == bench.stable(2))
    #expect(rows(v) == ["3:A v0 R1"])
  }
}
