import PBFT
import Testing

@Suite struct `Quorums (§4)` {
  @Test(arguments: [(4, 1, 3, 2), (7, 2, 5, 3), (10, 3, 7, 4), (13, 4, 9, 5)])
  func `of n = 3f + 1 replicas`(n: Int, f: Int, quorum: Int, weak: Int) throws {
    let cluster = try #require(Cluster(replicaCount: n))

    #expect(cluster.faultsTolerated == f)
    #expect(cluster.quorum == quorum)
    #expect(cluster.prepares == quorum - 1)
    #expect(cluster.weak == weak)
    // Two quorums share a correct replica; a quorum of correct replicas exists; a weak one holds a correct one.
    #expect(2 * cluster.quorum - n > f)
    #expect(n - f >= cluster.quorum)
    #expect(cluster.weak > f)
    #expect(cluster.replicas.count == n)
  }

  @Test(arguments: [-1, 0, 1, 3, 5, 6, 8, 9, 12, 14, 16, 256])
  func `of no other number of replicas`(n: Int) {
    #expect(Cluster(replicaCount: n) == nil)
  }

  @Test func `the primary is v mod n`() {
    #expect(
      (0..<9).map { Settings().primary(of: View($0)).index } == [0, 1, 2, 3, 0, 1, 2, 3, 0])
  }
}
