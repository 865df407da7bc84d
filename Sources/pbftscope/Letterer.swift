internal import Language
internal import PBFT
internal import Simulation

/// Gives digests their letters while a run is told line by line, as the world itself does.
struct Letterer {
  private(set) var speaker: Speaker
  private let cluster: Cluster
  private var digests: [Digest] = []

  init(_ configuration: Configuration) {
    cluster = configuration.settings.cluster
    speaker = Speaker(cluster: cluster)
  }

  mutating func note(_ happening: Happening) {
    guard case .send(_, .prePrepare(let prePrepare, _), _, _, _) = happening.kind,
      prePrepare.digest != Batch.null.digest, !digests.contains(prePrepare.digest)
    else { return }
    digests.append(prePrepare.digest)
    speaker = Speaker(digests: digests, cluster: cluster)
  }
}
