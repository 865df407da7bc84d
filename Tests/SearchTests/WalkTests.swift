import PBFT
import Search
import Simulation
import Testing

@Suite struct `A random walk` {
  @Test func `draws every fault that there is, and the same ones again from the same seed`() {
    var misconducts: Set<MisconductKind> = []
    var ofClients: Set<String> = []
    var alterations: Set<String> = []
    var others: Set<String> = []
    for seed in UInt64(1)...120 {
      var walk = Walk(seed: seed)
      walk.rage()
      if seed < 4 {
        var again = Walk(seed: seed)
        again.rage()
        #expect(again.trial.commands == walk.trial.commands, "PBFT_SEED=\(seed)")
      }
      #expect(walk.faulty.count <= walk.world.cluster.faultsTolerated, "PBFT_SEED=\(seed)")
      for command in walk.trial.commands {
        switch command {
        case .misbehave(_, let misconduct): misconducts.insert(misconduct.kind)
        case .misbehaveClient(_, let misconduct): ofClients.insert(misconduct.word)
        case .alter(_, let alteration): alterations.insert(Self.word(alteration))
        case .twin: others.insert("twin")
        case .corruptState: others.insert("corrupt")
        case .restartEmpty: others.insert("amnesia")
        case .restart: others.insert("restart")
        case .honestClient: others.insert("honest client")
        case .forge(let forgery):
          if case .dataState = forgery.content { others.insert("state") }
          if case .reply = forgery.content { others.insert("reply") }
        default: break
        }
      }
    }
    #expect(misconducts.count == MisconductKind.allCases.count)
    #expect(ofClients == Set(ClientMisconduct.words))
    #expect(alterations == Set(Alteration.words))
    #expect(others.count == 7, "\(others.sorted())")
  }

  private static func word(_ alteration: Alteration) -> String {
    switch alteration {
    case .withheld: "drop"
    case .repeated: "repeat"
    case .stale: "stale"
    case .corrupt: "corrupt"
    case .view, .sequence, .digest, .sender, .result: alteration.field?.rawValue ?? ""
    }
  }
}
