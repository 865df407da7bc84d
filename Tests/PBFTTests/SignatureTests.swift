import Testing

@testable import PBFT

@Suite struct `Ed25519 signatures (§4.1)` {
  let bench = Workbench(scheme: .ed25519)
  let digest = Digest(of: [1, 2, 3])

  private func content(_ tag: String, _ view: Int = 0, _ n: Int = 1, _ replica: Int = 1) -> Encoder
  {
    .vote(tag, View(view), SequenceNumber(n), digest, ReplicaID(replica))
  }

  @Test func `verify under the key and over the content they were made with`() throws {
    let bytes = try #require(bench.key(1).signatureBytes(for: content("PREPARE")))
    #expect(bytes.count == 64)
    #expect(bench.key(1).verifies(bytes, over: content("PREPARE")))
    #expect(bench.prepare(0, 1, digest, from: 1).isAuthentic)
  }

  @Test func `verify under no other key`() throws {
    let bytes = try #require(bench.key(1).signatureBytes(for: content("PREPARE")))
    for other in [0, 2, 3] {
      #expect(!bench.key(other).verifies(bytes, over: content("PREPARE")))
    }
    #expect(
      !Signer(owner: .replica(ReplicaID(1)), seed: 2, scheme: .ed25519)
        .verifies(bytes, over: content("PREPARE")))
  }

  @Test func `verify over no other content`() throws {
    let bytes = try #require(bench.key(1).signatureBytes(for: content("PREPARE")))
    for other in [
      content("PREPARE", 1), content("PREPARE", 0, 2), content("PREPARE", 0, 1, 2),
      .vote("PREPARE", View(0), SequenceNumber(1), Digest(of: []), ReplicaID(1)),
    ] {
      #expect(!bench.key(1).verifies(bytes, over: other))
    }
  }

  @Test func `a PREPARE is no COMMIT, and no PRE-PREPARE`() throws {
    let bytes = try #require(bench.key(1).signatureBytes(for: content("PREPARE")))
    for tag in ["COMMIT", "PRE-PREPARE", "CHECKPOINT"] {
      #expect(!bench.key(1).verifies(bytes, over: content(tag)))
    }
    let commit = try #require(bench.key(1).signatureBytes(for: content("COMMIT")))
    #expect(bench.key(1).verifies(commit, over: content("COMMIT")))
    #expect(!bench.key(1).verifies(commit, over: content("PREPARE")))
  }

  @Test(arguments: Scheme.allCases)
  func `a message in another's name is not authentic`(scheme: Scheme) {
    let bench = Workbench(scheme: scheme)
    #expect(!bench.prepare(0, 1, digest, from: 1, by: bench.key(2)).isAuthentic)
    #expect(!bench.request(0, by: bench.key(0)).isAuthentic)
    #expect(!bench.viewChange(1, from: 1, by: bench.key(3)).isAuthentic)
    #expect(bench.viewChange(1, from: 1).isAuthentic)
  }

  @Test func `both schemes say the same messages`() {
    let ideal = Workbench(scheme: .ideal)
    #expect(ideal.prepare(0, 1, digest, from: 1) == bench.prepare(0, 1, digest, from: 1))
    #expect(ideal.request(0) == bench.request(0))
    #expect(ideal.viewChange(1, from: 1).digest == bench.viewChange(1, from: 1).digest)
  }
}
