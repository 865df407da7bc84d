internal import PBFT
internal import Simulation

/// The first words of all commands, in the order in which help shows them.
let commandWords = [
  "step", "run", "deliver", "drop", "duplicate", "hold", "release", "alter", "request", "load",
  "crash", "restart", "fire", "delay", "cut", "lose", "heal", "partition", "rule", "silence",
  "equivocate", "misbehave", "honest", "twin", "forge", "corrupt", "timers",
]

extension Parser {
  mutating func command() throws(LanguageError) -> Command {
    let expected = "a command: step, run, deliver, …"
    let token = try word(expected, among: commandWords)
    switch token.text.lowercased() {
    case "step": return .step
    case "run": return try run()
    case "deliver": return .deliver(try messageReference())
    case "drop": return .drop(try messageReference())
    case "duplicate": return .duplicate(try messageReference())
    case "hold": return try hold()
    case "release": return .release(try messageReference())
    case "alter": return try alteration()
    case "request": return .request(try client(), try operation())
    case "load": return .load(every: take("off") ? nil : try positiveDuration())
    case "crash": return .crash(try replica())
    case "restart":
      let replica = try replica()
      return take("amnesia") ? .restartEmpty(replica) : .restart(replica)
    case "corrupt": return .corruptState(try replica())
    case "fire": return .fire(try principal(), try timer())
    case "timers": return .spreadTimers(by: try timersApart())
    case "delay": return .delay(try link(), by: try duration())
    case "cut": return .cut(try link())
    case "lose": return .lose(try link(), percent: try percent())
    case "heal": return .heal(isAtEnd ? nil : try link())
    case "partition": return try partition()
    case "rule":
      let named = next
      let rule = try rule()
      let isOn = try onOrOff()
      if let named, !isOn { try checkMayBeOff(rule, at: named) }
      return .rule(rule, isOn: isOn)
    case "silence": return .silence(try replica())
    case "equivocate": return .equivocate(try replica(), try equivocation())
    case "misbehave":
      if nextIsClient { return try clientMisconduct() }
      return .misbehave(try replica(), try misconduct())
    case "honest": return nextIsClient ? .honestClient(try client()) : .honest(try replica())
    case "twin": return .twin(try replica(), isAtEnd ? [] : try groups("the groups"))
    case "forge": return .forge(try forgery())
    default:
      throw mistake("unknown command \(token.shown)", at: token, expected, among: commandWords)
    }
  }

  private mutating func run() throws(LanguageError) -> Command {
    guard take("until") else {
      if let next, next.kind == .word, next.text.first?.isNumber != true {
        throw unexpected("a time such as 500ms, or until and a condition", among: ["until"])
      }
      return .run(try duration())
    }
    let condition = try condition()
    return .runUntil(condition, within: take("within") ? try duration() : nil)
  }

  private mutating func hold() throws(LanguageError) -> Command {
    if let next, next.kind == .word, second?.kind != .sign {
      return .hold(try messageReference())
    }
    return .holdLink(try link())
  }

  private mutating func positiveDuration() throws(LanguageError) -> Duration {
    guard let token = next else { throw unexpected("a time such as 300ms, or off") }
    let time = try duration()
    if time.microseconds == 0 { throw mistake("a load without pause never ends", at: token) }
    return time
  }

  private mutating func timer() throws(LanguageError) -> TimerName {
    let words = TimerName.allCases.map(\.word)
    let expected = "a timer: \(words.joined(separator: ", "))"
    let token = try word(expected, among: words)
    guard let timer = TimerName.allCases.first(where: { $0.word == token.text.lowercased() })
    else { throw mistake("\(token.shown) is no timer", at: token, expected, among: words) }
    return timer
  }

  /// `tie`, `spread 250ms`, `spread`.
  private mutating func timersApart() throws(LanguageError) -> Duration {
    if take("tie") { return .seconds(0) }
    guard take("spread") else { throw unexpected("tie or spread", among: ["tie", "spread"]) }
    return isAtEnd ? World.ordinarySpread : try duration()
  }

  private mutating func onOrOff() throws(LanguageError) -> Bool {
    if take("on") { return true }
    if take("off") { return false }
    throw unexpected("off or on", among: ["off", "on"])
  }

  private mutating func percent() throws(LanguageError) -> Int {
    let expected = "a share from 0% to 100%"
    let token = try word(expected)
    guard let share = naturalNumber(token.text), share <= 100 else {
      throw mistake("\(token.shown) is no share", at: token, expected)
    }
    try need(sign: "%", "% after the number, as in 10%")
    return share
  }

  private mutating func partition() throws(LanguageError) -> Command {
    .partition(try groups("the partition"))
  }

  /// `R0 R1 alice | R2 R3`.
  private mutating func groups(_ name: String) throws(LanguageError) -> [[Principal]] {
    var groups: [[Principal]] = []
    var named: Set<Principal> = []
    repeat {
      var group: [Principal] = []
      repeat {
        let token = next
        let principal = try principal()
        if let token, !named.insert(principal).inserted {
          throw mistake("\(principal) is in \(name) twice", at: token)
        }
        group.append(principal)
      } while !isAtEnd && !nextIs(sign: "|")
      groups.append(group)
    } while take(sign: "|")
    if groups.count < 2 { throw unexpected("| and another group") }
    return groups
  }

  /// `alice/1>R1,R2 bob/1>R3 votes`.
  private mutating func equivocation() throws(LanguageError) -> Equivocation {
    var shares: [Equivocation.Share] = []
    while let token = next, !nextIs("votes") {
      guard token.kind == .word, token.text.contains("/") else {
        throw unexpected("a share such as alice/1>R1,R2, or votes", among: ["votes"])
      }
      let request = try requestName()
      try need(sign: ">", "> and replicas, as in alice/1>R1,R2")
      var replicas = [try replica()]
      while take(sign: ",") { replicas.append(try replica()) }
      shares.append(Equivocation.Share(request, replicas))
    }
    return Equivocation(shares: shares, votes: take("votes"))
  }
}
