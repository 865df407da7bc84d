internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// What the page Quorums says of one lamp.
extension Scene {
  /// What is to be said of the selected lamp; nil where none is selected.
  func lampText(_ content: QuorumsContent) -> [Span]? {
    guard let row = model.quorums.lamp else { return nil }
    let table = content.table
    guard let lamp = table.lamp(row, at: model.replica) else { return nil }
    let own = table.columns[model.replica.index]
    switch row {
    case .reply(let request): return [Span(sentence(lamp, request, table))]
    case .vote: return [Span(sentence(lamp, own, table))]
    }
  }

  /// What became of a vote at the replica of a column.
  func sentence(_ lamp: Lamp, _ own: QuorumColumn, _ table: QuorumTable) -> String {
    let n = lamp.kind == .checkpoint ? table.checkpoint : table.sequence
    let view = lamp.kind == .checkpoint ? "" : " \(lamp.view ?? own.view)"
    let digest = lamp.digest.map { " \(letter($0))" } ?? ""
    let whose = lamp.isOwn ? "its own" : "\(lamp.sender)'s"
    let vote = "\(whose) \(lamp.kind.rawValue)\(view) \(n)\(digest)"
    let id = own.replica
    let also =
      lamp.second.map {
        "; another one for \(letter($0.digest)) was refused by \($0.finding.rule.name)"
      } ?? ""
    switch lamp.state {
    case .counts(let count):
      return "\(id) holds \(vote): it counts\(count > 1 ? " \(count) times" : "")\(also)"
    case .otherDigest:
      let held =
        lamp.kind == .checkpoint
        ? "its own state is another"
        : "it accepted "
          + (own.accepted.map(letter) ?? "nothing")
      return "\(id) keeps \(vote), which does not count: \(held)\(also)"
    case .early:
      let why =
        lamp.kind == .checkpoint
        ? "it has not executed \(n) itself (4.3)" : "the PRE-PREPARE is not here yet"
      return "\(id) keeps \(vote), which does not count yet: \(why)\(also)"
    case .later: return "\(id) keeps \(vote) until it enters \(lamp.view ?? own.view)"
    case .withoutRequests:
      return "\(id) holds \(vote), and knows its requests by their digest only: they are fetched"
    case .travelling(let number, let arrives?):
      return "\(vote) is on its way to \(id): #\(number) arrives at \(time(arrives)) s"
    case .travelling(let number, nil): return "\(vote) is held on its way to \(id): #\(number)"
    case .refused(let finding, let at):
      return "\(id) refused \(vote) at \(time(at)) s by the rule \(finding.rule.name): "
        + speaker.sentence(finding)
    case .lost(.withheld, let at):
      return "\(vote) was kept back from \(id) at \(time(at)) s"
    case .lost(let loss, let at):
      return "\(vote) to \(id) was lost at \(time(at)) s: \(words(loss))"
    case .absent(let isSent):
      let why = absence(lamp, isSent: isSent, own, table)
      return "\(id) has no \(lamp.kind.rawValue) of \(lamp.sender) for \(n): \(lamp.sender) \(why)"
    case .discarded:
      return
        "\(id) has discarded what it held of \(n): h = \(world.replicas[id.index].low.number) (4.3)"
    case .unexpected:
      let primary = settings.primary(of: own.view)
      return lamp.kind == .prePrepare
        ? "\(primary) leads \(own.view), the view of \(id): nobody else proposes (4.2)"
        : "\(primary) leads \(own.view): its PRE-PREPARE stands for its PREPARE (4.2)"
    }
  }

  private func sentence(_ lamp: Lamp, _ request: RequestName, _ table: QuorumTable) -> String {
    let row = table.replies.first { $0.request == request }
    let result = row?.results[lamp.sender.index].map { " \"\($0)\"" } ?? ""
    let reply = "REPLY\(result) of \(lamp.sender) to \(request)"
    let needs = settings.needs.replies
    switch lamp.state {
    case .counts: return "\(request.client) holds the \(reply): it is one of \(needs) alike (4.1)"
    case .otherDigest: return "\(request.client) holds the \(reply), which others contradict"
    case .travelling(let number, let arrives):
      let when = arrives.map { "arrives at \(time($0)) s" } ?? "is held"
      return "the \(reply) is on its way: #\(number) \(when)"
    case .refused(let finding, _): return "the \(reply) was refused: \(speaker.sentence(finding))"
    case .lost(.withheld, _): return "the \(reply) was kept back by \(lamp.sender)"
    case .lost(let loss, _): return "the \(reply) was lost: \(words(loss))"
    default:
      return "\(request.client) has no \(reply): "
        + (table.columns[lamp.sender.index].isExecuted
          ? "it has executed it, and the reply is not known any more" : "it has not executed it")
    }
  }
}
