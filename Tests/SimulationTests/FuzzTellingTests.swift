import Export
import Language
import PBFT
import Search
import SeedSupport
@testable import Simulation
import Testing

@Suite struct `Whatever arrives can be told` {
  @Test(arguments: UInt64(1)...12)
  func `every sentence, line and field of a message with whatever in it`(seed: UInt64) {
    var storm = Walk(seed: seed)
    storm.rage(rounds: 30)
    var world = storm.world
    let own = world.cluster.replicas[Int(seed % 4)]
    var fuzzer = Fuzzer(world, as: own, Dice(seed))
    var happenings: [Happening] = []
    for index in 0..<200 {
      let to = world.cluster.replicas[index % world.cluster.replicaCount]
      guard !world.isCrashed(to) else { continue }
      world.deliver(
        Envelope(
          id: index, message: fuzzer.message(), from: .replica(own), to: .replica(to),
          sent: world.now, due: world.now, heldByLink: false), &happenings)
    }
    let speaker = Speaker(digests: world.letters, cluster: world.cluster)
    for happening in happenings {
      let sentence = speaker.sentence(happening)
      if sentence.isEmpty || sentence.contains("Optional") { fail("says \(sentence)", seed) }
      if speaker.plain(happening).contains(where: \.isNewline) { fail("breaks a line", seed) }
      let line = Trace.line(happening)
      if !line.hasPrefix("{") || line.contains(where: \.isNewline) { fail("writes \(line)", seed) }
      if case .receive(_, let message, _, _, _) = happening.kind {
        let fields = speaker.fields(message)
        if fields.isEmpty || fields.contains(where: \.name.isEmpty) {
          fail("opens \(message.kind.rawValue) into \(fields)", seed)
        }
      }
    }
    #expect(happenings.count > 100)
  }
}
