internal import PBFT
internal import Simulation

extension Parser {
  /// `R0>R1 as R2 COMMIT v0 n1 a`.
  mutating func forgery() throws(LanguageError) -> Forgery {
    let from = try replica()
    try need(sign: ">", "> between sender and recipient, as in R0>R1")
    let to = try principal()
    let claim = take("as") ? try name() : nil
    let expected = "a message such as COMMIT v0 n1 a"
    let token = try word(expected, among: Message.Kind.allCases.map(\.rawValue))
    let kind = try messageKind(token, expected)
    return Forgery(from: from, to: to, claim: claim, content: try content(of: kind))
  }

  /// A replica's name, or that of a stranger, which may be in a larger cluster.
  private mutating func name() throws(LanguageError) -> ReplicaID {
    if let token = next, token.kind == .word, let stranger = vocabulary.stranger(named: token.text)
    {
      skip()
      return stranger
    }
    return try replica()
  }

  private mutating func content(of kind: Message.Kind) throws(LanguageError) -> Forgery.Content {
    switch kind {
    case .request: .request(try requestName())
    case .prePrepare: .prePrepare(try view(), try sequence(), try digestName())
    case .prepare: .prepare(try view(), try sequence(), try digestName())
    case .commit: .commit(try view(), try sequence(), try digestName())
    case .checkpoint: .checkpoint(try sequence(), try digestName())
    case .reply:
      .reply(
        try view(), try requestName(),
        result: try text("a result, such as LIE", longest: KeyValueStore.longestValue))
    case .viewChange: .viewChange(try view(), prepared: try claimedProofs())
    case .newView: try newView()
    case .status: .status(try view())
    case .fetch: .fetch(try sequence(), try digestName())
    case .data:
      take("state") ? .dataState(try sequence()) : .data(try sequence(), try digestName())
    }
  }

  /// `prepared n1 v0 a prepared n2 v0 b`.
  private mutating func claimedProofs() throws(LanguageError) -> [Forgery.ClaimedProof] {
    var proofs: [Forgery.ClaimedProof] = []
    while take("prepared") {
      proofs.append(Forgery.ClaimedProof(try sequence(), try view(), try digestName()))
    }
    return proofs
  }

  /// `v1 from R1 R2 R3 empty`.
  private mutating func newView() throws(LanguageError) -> Forgery.Content {
    let view = try view()
    var members: [ReplicaID] = []
    if take("from") {
      repeat { members.append(try replica()) } while !isAtEnd && !nextIs("empty")
    }
    return .newView(view, from: members, emptyO: take("empty"))
  }
}
