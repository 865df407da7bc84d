import Language
import PBFT
import Simulation

extension Generator {
  /// How many forms of commands there are.
  static let commandForms = 33

  mutating func command(form: Int) -> Command {
    switch form {
    case 0: .step
    case 1: .run(duration())
    case 2: .runUntil(condition(depth: 3), within: maybe { $0.duration() })
    case 3: .deliver(message())
    case 4: .drop(message())
    case 5: .duplicate(message())
    case 6: .hold(message())
    case 7: .release(message())
    case 8: .request(client(), operation())
    case 9: .load(every: maybe { Duration.milliseconds(1 + $0.below(999)) })
    case 10: .crash(replica())
    case 11: .restart(replica())
    case 12: .fire(principal(), pick(TimerName.allCases))
    case 13: .delay(link(), by: duration())
    case 14: .holdLink(link())
    case 15: .cut(link())
    case 16: .lose(link(), percent: below(101))
    case 17: .heal(maybe { $0.link() })
    case 18: .partition([[.replica(ReplicaID(0)), .client(ClientID(1))], [.replica(replica7())]])
    case 19: .silence(replica())
    case 20: .equivocate(replica(), equivocation())
    case 21: .honest(replica())
    case 22: .rule(pick(Rule.allCases.filter { $0.cannotBeOff == nil }), isOn: coin())
    case 23: .restartEmpty(replica())
    case 24: .corruptState(replica())
    case 25: .misbehave(replica(), misconduct())
    case 26: .alter(message(), alteration())
    case 27: .misbehaveClient(client(), clientMisconduct())
    case 28: .honestClient(client())
    case 29: .twin(ReplicaID(0), [])
    case 30:
      .twin(ReplicaID(0), [[.replica(replica7())], [.client(client()), .replica(ReplicaID(9))]])
    case 31: .spreadTimers(by: coin() ? .seconds(0) : duration())
    default: .forge(forgery())
    }
  }

  private mutating func clientMisconduct() -> ClientMisconduct {
    pick([
      .onlyTo(replica()), .mute, .slow(duration()), .oldTimestamps, .twoOperations, .hugeTimestamp,
      .impatient, .unsigned,
    ])
  }

  private mutating func alteration() -> Alteration {
    switch below(9) {
    case 0: .view(view())
    case 1: .sequence(sequence())
    case 2: .digest(digest())
    case 3: .sender(replica())
    case 4: .result(text())
    case 5: .withheld
    case 6: .repeated(after: duration())
    case 7: .stale
    default: .corrupt
    }
  }

  /// A replica other than R0.
  private mutating func replica7() -> ReplicaID { ReplicaID(1 + below(7)) }

  private mutating func equivocation() -> Equivocation {
    let shares = some(3) { generator in
      Equivocation.Share(
        generator.request(), [generator.replica()] + generator.some(2) { $0.replica() })
    }
    return Equivocation(shares: shares, votes: coin())
  }

  private mutating func misconduct() -> Misconduct {
    let kind = pick(MisconductKind.allCases)
    let parameter: Misconduct.Parameter? =
      switch kind.form {
      case .none: nil
      case .message: .message(pick(Message.Kind.allCases))
      case .client: .client(client())
      case .time: .time(duration())
      case .count: .count(2 + below(19))
      case .view: .view(view())
      case .replica: .replica(replica())
      case .words(let words): maybe { .word($0.pick(words)) }
      }
    let n = below(9)
    let v = below(5)
    let recipients: [Principal]? = maybe { generator in
      let first = generator.principal()
      let second = generator.principal()
      return first == second ? [first] : [first, second]
    }
    return Misconduct(
      kind, parameter,
      target: Target(
        to: recipients,
        numbers: maybe { SequenceNumber(n)...SequenceNumber(n + $0.below(3)) },
        views: maybe { View(v)...View(v + $0.below(3)) }))
  }

  private mutating func forgery() -> Forgery {
    Forgery(
      from: replica(), to: principal(), claim: maybe { $0.replica() }, content: content())
  }

  private mutating func content() -> Forgery.Content {
    switch pick(Message.Kind.allCases) {
    case .request: .request(request())
    case .prePrepare: .prePrepare(view(), sequence(), digest())
    case .prepare: .prepare(view(), sequence(), digest())
    case .commit: .commit(view(), sequence(), digest())
    case .checkpoint: .checkpoint(sequence(), digest())
    case .reply: .reply(view(), request(), result: text())
    case .viewChange:
      .viewChange(
        view(),
        prepared: some(2) { Forgery.ClaimedProof($0.sequence(), $0.view(), $0.digest()) })
    case .newView: .newView(view(), from: some(3) { $0.replica() }, emptyO: coin())
    case .status: .status(view())
    case .fetch: .fetch(sequence(), digest())
    case .data: coin() ? .data(sequence(), digest()) : .dataState(sequence())
    }
  }

  mutating func scope() -> Scope {
    switch below(3) {
    case 0: .replica(replica())
    case 1: .allCorrect
    default: .anyCorrect
    }
  }

  mutating func condition(depth: Int) -> Condition {
    if depth > 0, coin() {
      return switch below(3) {
      case 0: .not(condition(depth: depth - 1))
      case 1: .and(condition(depth: depth - 1), condition(depth: depth - 1))
      default: .or(condition(depth: depth - 1), condition(depth: depth - 1))
      }
    }
    return switch below(13) {
    case 0:
      .phase(
        pick([.empty, .prePrepared, .prepared, .committed]), sequence(), maybe { $0.digest() },
        scope())
    case 1: .executed(sequence(), maybe { $0.digest() }, scope())
    case 2: .view(view(), scope())
    case 3: .changing(view(), scope())
    case 4: .stable(sequence(), scope())
    case 5: .value(key: text(), text(), scope())
    case 6: .accepted(request(), result: maybe { $0.text() })
    case 7: .crashed(replica())
    case 8: .faulty(replica())
    case 9: .refused(pick(Rule.allCases), scope())
    case 10: .violated(maybe { $0.pick(Invariant.allCases) })
    case 11: .idle
    default: .time(Instant(microseconds: duration().microseconds))
    }
  }
}
