/// What all replicas of one cluster agree on before they start.
public struct Settings: Hashable, Sendable {
  public var cluster: Cluster { didSet { recount() } }
  /// *K*: a checkpoint is taken after each execution of a sequence number divisible by it (§4.3).
  public var checkpointInterval: Int
  /// *L*: the size of the window; the high watermark is H = h + L (§4.3).
  public var logSize: Int
  /// *W*: the primary assigns numbers only up to last executed + W.
  public var window: Int
  /// The most requests that one PRE-PREPARE orders.
  public var batchSize: Int
  /// *T*: how long a backup waits for a request to execute before it asks for a view change (§4.4).
  public var viewChangeTimeout: Duration
  /// How long a client waits for f + 1 replies before it sends to all replicas (§4.1).
  public var clientTimeout: Duration
  /// The rules of the paper that this laboratory has switched off.
  public var rulesOff: RuleSet { didSet { recount() } }
  /// Which replica leads which view (§4).
  public var primaries: Primaries { didSet { recount() } }
  /// How long a primary proposes nothing before it proposes the null request; nil: it never does.
  public var idleInterval: Duration?

  /// How many votes each step takes.
  public private(set) var needs: Thresholds
  /// The replicas in the order in which they lead, four bits each.
  private var order: UInt64

  public init(
    cluster: Cluster = .four, checkpointInterval: Int = 5, logSize: Int = 10, window: Int = 5,
    batchSize: Int = 1, viewChangeTimeout: Duration = .seconds(2),
    clientTimeout: Duration = .seconds(1), rulesOff: RuleSet = [], primaries: Primaries = .inTurn,
    idleInterval: Duration? = nil
  ) {
    self.cluster = cluster
    self.checkpointInterval = checkpointInterval
    self.logSize = logSize
    self.window = window
    self.batchSize = batchSize
    self.viewChangeTimeout = viewChangeTimeout
    self.clientTimeout = clientTimeout
    self.rulesOff = rulesOff
    self.primaries = primaries
    self.idleInterval = idleInterval
    needs = Thresholds(cluster, without: rulesOff)
    order = primaries.order(of: cluster.replicaCount)
  }

  private mutating func recount() {
    needs = Thresholds(cluster, without: rulesOff)
    order = primaries.order(of: cluster.replicaCount)
  }

  /// The replica that leads this view (§4); there is one for whatever number a message claims.
  @inline(__always)
  public func primary(of view: View) -> ReplicaID {
    let place = UInt64(bitPattern: Int64(view.number)) % UInt64(cluster.replicaCount)
    return ReplicaID(Int((order >> (4 * place)) & 15))
  }

  /// The size of the window: L, so that there is slack until a checkpoint is stable (§4.3); without that
  /// rule no more than up to the next checkpoint.
  public var windowSize: Int {
    rulesOff.contains(.logSlack) ? checkpointInterval : logSize
  }

  /// Whether numbers outside the watermarks are taken too: without the check, or because h never moves.
  public var isWindowOpen: Bool {
    rulesOff.contains(.withinWatermarks) || rulesOff.contains(.garbageCollection)
  }

  /// Half of T: what is missing for this long is asked for, what is unanswered is sent again.
  public var resendPeriod: Duration { Duration(microseconds: viewChangeTimeout.microseconds / 2) }

  /// Whether there are n = 3f + 1 replicas (§3).
  public var size: Finding {
    let values = Values(.have, cluster.replicaCount, .need, 3 * cluster.faultsTolerated + 1)
    return cluster.hasRightSize ? .accepted(.clusterSize, values) : .refused(.clusterSize, values)
  }

  /// What makes no sense in these settings, or nil.
  public var problem: String? {
    if size.verdict == .refused, !rulesOff.contains(.clusterSize) {
      return "n = \(cluster.replicaCount) is not 3f + 1: expected 4, 7, 10 or 13 "
        + "(3 only `without=cluster-size`)"
    }
    if !(1...1_000).contains(checkpointInterval) {
      return "K = \(checkpointInterval): expected a number from 1 to 1000"
    }
    if !(checkpointInterval...4_000).contains(logSize) {
      return "L = \(logSize): expected a number from K = \(checkpointInterval) to 4000, "
        + "or no checkpoint could ever move the window"
    }
    if !(1...logSize).contains(window) {
      return "W = \(window): expected a number from 1 to L = \(logSize)"
    }
    if !(1...64).contains(batchSize) {
      return "batch = \(batchSize): expected a number from 1 to 64"
    }
    if viewChangeTimeout < .milliseconds(2) || viewChangeTimeout > .seconds(3_600) {
      return "T = \(viewChangeTimeout.microseconds) us: expected 2 ms to 3600 s"
    }
    if clientTimeout < .milliseconds(1) || clientTimeout > .seconds(3_600) {
      return "client timeout = \(clientTimeout.microseconds) us: expected 1 ms to 3600 s"
    }
    if let idleInterval, idleInterval < .milliseconds(1) || idleInterval > .seconds(3_600) {
      return "idle = \(idleInterval.microseconds) us: expected 1 ms to 3600 s"
    }
    return nil
  }
}
