import PBFT
import Testing

@Suite struct `Fingerprints` {
  private func bits<each Part: Fingerprintable>(_ part: repeat each Part) -> UInt64 {
    var fingerprint = Fingerprint()
    repeat fingerprint.combine(each part)
    return fingerprint.bits
  }

  @Test func `are the same in every process and on every machine`() {
    #expect(Fingerprint().bits == expected[0])
    #expect(bits(0) == expected[1])
    #expect(bits(-1, true, "alice", [1, 2], Int?.none) == expected[2])
    #expect(bits("a longer text than one word", View(3), Digest(of: [1, 2, 3])) == expected[3])
  }

  /// Recorded once; nothing that the protocol does can change them.
  private let expected: [UInt64] = [
    7_960_286_522_194_355_700, 12_029_595_529_454_348_935, 13_544_717_955_188_535_295,
    8_737_331_026_246_616_903,
  ]

  @Test func `tell parts, their order and their ends apart`() {
    // Values of the same types, as they stand at the same place.
    let groups = [
      [bits(), bits(0), bits(0, 0), bits(1), bits(-1), bits(0, 1), bits(1, 0), bits(Int.max)],
      ["", "\0", "\0\0", "a", "12345678", "12345678\0", "123456789"].map { bits($0) },
      [bits("ab", "c"), bits("a", "bc"), bits("", "abc"), bits("abc", "")],
      [bits([1], [2, 3]), bits([1, 2], [3]), bits([Int](), [1, 2, 3]), bits([0], [Int]())],
      [bits(Int?.none, Int?.some(0)), bits(Int?.some(0), Int?.none), bits(Int?.none, Int?.none)],
    ]
    for group in groups { #expect(Set(group).count == group.count, "\(group)") }
    var seen: Set<UInt64> = []
    for one in 0..<300 { for other in 0..<300 { seen.insert(bits(one, other)) } }
    #expect(seen.count == 90_000)
  }

  @Test func `every bit of every word changes about half of them`() {
    let start = bits(1, 2, 3)
    for place in 0..<3 {
      for bit in 0..<64 {
        var words: [UInt64] = [1, 2, 3]
        words[place] ^= 1 << UInt64(bit)
        let changed = (bits(words[0], words[1], words[2]) ^ start).nonzeroBitCount
        #expect((12...52).contains(changed), "bit \(bit) of word \(place) changes \(changed)")
      }
    }
  }

  // MARK: What counts of a message, and of a replica

  @Test func `whose key signed a message counts, and how it was signed does not`() {
    let bench = Workbench()
    var real = Workbench()
    real.scheme = .ed25519
    let digest = bench.a.digest
    let prepares = [
      bench.prepare(0, 1, digest, from: 1), bench.prepare(0, 1, digest, from: 2),
      bench.prepare(0, 1, digest, from: 1, by: bench.key(2)),
      bench.prepare(0, 1, digest, from: 1, by: .broken), bench.prepare(0, 2, digest, from: 1),
      bench.prepare(1, 1, digest, from: 1), bench.prepare(0, 1, bench.b.digest, from: 1),
    ]
    #expect(Set(prepares.map { bits(Message.prepare($0)) }).count == prepares.count)
    #expect(bits(prepares[0]) == bits(real.prepare(0, 1, digest, from: 1)))
    #expect(bits(real.prepare(0, 1, digest, from: 1, by: .broken)) == bits(prepares[3]))

    // A batch is the same requests, and the same verdicts on them.
    let forged = Batch([bench.request(0, by: bench.key(ofClient: 1))])
    #expect(forged.digest == bench.a.digest && bits(forged) != bits(bench.a))
  }

  @Test func `equal replicas have equal fingerprints, and each event changes them`() {
    let bench = Workbench()
    var (one, other) = (bench.replica(1), bench.replica(1))
    var seen: Set<UInt64> = [bits(one)]
    #expect(bits(bench.replica(2)) != bits(one))
    let digest = bench.a.digest
    let events: [Message] = [
      .request(bench.request(0)), .prePrepare(bench.prePrepare(0, 1, digest), bench.a),
      .prepare(bench.prepare(0, 1, digest, from: 2)),
      .prepare(bench.prepare(0, 1, digest, from: 3)),
      .commit(bench.commit(0, 1, digest, from: 2)), .commit(bench.commit(0, 1, digest, from: 3)),
    ]
    for message in events {
      _ = one.step(.receive(message, link: message.author))
      #expect(one != other && bits(one) != bits(other), "\(message.kind)")
      _ = other.step(.receive(message, link: message.author))
      #expect(one == other && bits(one) == bits(other), "\(message.kind)")
      #expect(seen.insert(bits(one)).inserted, "\(message.kind)")
    }
    #expect(one.lastExecuted == SequenceNumber(1))
    let before = bits(one)
    one.corruptState()
    #expect(bits(one) != before)
  }
}
