internal import Language
internal import PBFT
public import Simulation

/// The trace: what happened, as JSON Lines that somebody who has nothing else can check every claim against.
///
/// The format is described in the article *The trace*.
public enum Trace {
  /// The version of the format: readers ignore fields and kinds that they do not know.
  public static let version = 1

  /// The first line.
  public static func header(_ configuration: Configuration, program: String) -> String {
    let settings = configuration.settings
    var fields: [(String, JSON)] = [
      ("format", .string("pbftscope-trace")),
      ("version", .number(version)),
      ("program", .string(program)),
      ("seed", .string(String(configuration.seed))),
      ("n", .number(settings.cluster.replicaCount)),
      ("f", .number(settings.cluster.faultsTolerated)),
      ("K", .number(settings.checkpointInterval)),
      ("L", .number(settings.logSize)),
      ("W", .number(settings.window)),
      ("batch", .number(settings.batchSize)),
      ("clients", .number(configuration.clientCount)),
      ("viewChangeTimeout", .number(settings.viewChangeTimeout.microseconds)),
      ("clientTimeout", .number(settings.clientTimeout.microseconds)),
      ("resendPeriod", .number(settings.resendPeriod.microseconds)),
      (
        "latency",
        .array([
          .number(configuration.leastLatency.microseconds),
          .number(configuration.mostLatency.microseconds),
        ])
      ),
      ("scheme", .string(configuration.scheme.rawValue)),
      ("rulesOff", .array(settings.rulesOff.rules.map { .string($0.name) })),
    ]
    if settings.primaries != .inTurn {
      let order = (0..<settings.cluster.replicaCount).map { settings.primary(of: View($0)) }
      fields.append(("primaries", .array(order.map { .name($0) })))
    }
    if let idle = settings.idleInterval { fields.append(("idle", .number(idle.microseconds))) }
    return JSON.object(fields).text
  }

  /// The line for one happening.
  public static func line(_ happening: Happening) -> String {
    let (kind, fields) = content(of: happening.kind)
    let first: [(String, JSON)] = [
      ("step", .number(happening.step)),
      ("t", .number(happening.time.microseconds)),
      ("kind", .string(kind)),
    ]
    return JSON.object(first + fields).text
  }

  private static func content(of kind: Happening.Kind) -> (String, [(String, JSON)]) {
    switch kind {
    case .command(let command): return ("command", [("line", .string(command.text))])
    case .request(let request): return ("request", request.fields)
    case .send(let id, let message, let from, let to, let arrives):
      return ("send", copy(id, message, from, to) + [("arrives", .time(arrives))])
    case .receive(let id, let message, let from, let to, let finding):
      return ("receive", copy(id, message, from, to) + finding.fields)
    case .judgedLater(let replica, let message, let finding):
      return ("judged", [("at", .name(replica))] + message.fields + finding.fields)
    case .drop(let id, let message, let from, let to, let loss):
      return ("drop", copy(id, message, from, to) + [("why", .string(loss.rawValue))])
    case .duplicate(let id, let original, let message, let from, let to, let arrives):
      return (
        "duplicate",
        copy(id, message, from, to) + [("of", .number(original)), ("arrives", .time(arrives))]
      )
    case .hold(let id, let message, let from, let to):
      return ("hold", copy(id, message, from, to))
    case .release(let id, let message, let from, let to, let arrives):
      return ("release", copy(id, message, from, to) + [("arrives", .time(arrives))])
    case .alter(let id, let message, let from, let to, let alteration):
      return ("alter", copy(id, message, from, to) + [("what", .string(alteration.text))])
    case .ofTwin(let kind):
      let (name, fields) = content(of: kind)
      return (name, fields + [("copy", .number(2))])
    case .rule(let owner, let finding):
      return ("rule", [("at", .name(owner))] + finding.fields)
    case .timerSet(let owner, let name, let due):
      return ("timer", timer(owner, name, "set") + [("for", .time(due))])
    case .timerFired(let owner, let name): return ("timer", timer(owner, name, "fired"))
    case .timerStopped(let owner, let name): return ("timer", timer(owner, name, "stopped"))
    case .crash(let replica): return ("crash", [("replica", .name(replica))])
    case .restart(let replica): return ("restart", [("replica", .name(replica))])
    case .write(let replica, let record):
      return ("write", [("replica", .name(replica))] + record.fields)
    case .fault(let command): return ("fault", [("line", .string(command.text))])
    case .violation(let violation): return ("violation", violation.fields)
    case .accept(let client, let timestamp, let result, let replicas):
      return (
        "accept",
        [
          ("client", .name(client)), ("timestamp", .number(timestamp.number)),
          ("result", .string(result)), ("from", .array(replicas.map { .name($0) })),
        ]
      )
    case .phase, .execute, .executedBatch, .stable, .transfer, .view: return progress(kind)
    }
  }

  /// What a replica has reached.
  private static func progress(_ kind: Happening.Kind) -> (String, [(String, JSON)]) {
    switch kind {
    case .phase(let replica, let phase, let view, let n, let digest, let finding):
      return (
        "phase",
        [
          ("replica", .name(replica)), ("view", .number(view.number)),
          ("sequence", .number(n.number)), ("digest", .digest(digest)),
          ("phase", .string(phase.word)),
        ] + finding.fields
      )
    case .execute(let replica, let n, let index, let request, let result, let skipped):
      return (
        "execute",
        [
          ("replica", .name(replica)), ("sequence", .number(n.number)),
          ("index", .number(index)),
        ] + request.fields + [("result", .string(result)), ("skipped", .bool(skipped))]
      )
    case .executedBatch(let replica, let n, let digest):
      return (
        "executed",
        [
          ("replica", .name(replica)), ("sequence", .number(n.number)),
          ("digest", .digest(digest)),
        ]
      )
    case .stable(let replica, let n, let digest, let low, let high):
      return (
        "stable",
        [
          ("replica", .name(replica)), ("sequence", .number(n.number)),
          ("digest", .digest(digest)), ("h", .number(low.number)), ("H", .number(high.number)),
        ]
      )
    case .transfer(let replica, let n, let digest):
      return (
        "transfer",
        [
          ("replica", .name(replica)), ("sequence", .number(n.number)),
          ("digest", .digest(digest)),
        ]
      )
    case .view(let replica, let view, let active, let selection):
      var fields: [(String, JSON)] = [
        ("replica", .name(replica)), ("view", .number(view.number)),
        ("status", .string(active ? "active" : "changing")),
      ]
      if let selection { fields.append(("selection", .object(selection.fields))) }
      return ("view", fields)
    default: preconditionFailure("\(kind) is not told here")
    }
  }

  private static func copy(
    _ id: Int, _ message: Message, _ from: Principal, _ to: Principal
  ) -> [(String, JSON)] {
    [
      ("id", .number(id)), ("type", .string(message.kind.rawValue)), ("from", .name(from)),
      ("to", .name(to)),
    ] + message.fields.filter { $0.0 != "type" }
  }

  private static func timer(
    _ owner: Principal, _ name: TimerName, _ what: String
  ) -> [(String, JSON)] {
    var first = ("replica", JSON.name(owner))
    if case .client = owner { first.0 = "client" }
    return [first, ("name", .string(name.word)), ("what", .string(what))]
  }
}
