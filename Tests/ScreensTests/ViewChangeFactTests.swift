import Cells
import Language
import PBFT
import Simulation
import Testing

@testable import Screens

/// A world in which much goes wrong, and all that happened in it.
private struct Storm {
  private(set) var history: History
  private(set) var happenings: [Happening] = []
  private var random: SplitMix64
  let seed: UInt64

  init(_ seed: UInt64, replicas: Int) throws {
    self.seed = seed
    random = SplitMix64(seed)
    let cluster = try #require(Cluster(replicaCount: replicas))
    let settings = Settings(
      cluster: cluster, checkpointInterval: 2, logSize: 4, window: 4,
      primaries: seed % 5 == 0 ? .permuted(seed: seed) : .inTurn)
    history = History(
      Configuration(settings: settings, seed: seed, clientCount: 3, scheme: .ideal))
  }

  var world: World { history.world }

  private mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }

  mutating func act() throws {
    let replica = ReplicaID(below(world.cluster.replicaCount))
    let other = ReplicaID(below(world.cluster.replicaCount))
    let inFlight = world.inFlight
    let message = MessageReference.number(inFlight.isEmpty ? 1 : inFlight[below(inFlight.count)].id)
    let link = LinkPattern(from: .replica(replica), to: .replica(other))
    let command: Command =
      switch below(16) {
      case 0, 1: .request(ClientID(below(3)), .append(key: "x", value: "a"))
      case 2: world.isCrashed(replica) ? .restart(replica) : .crash(replica)
      case 3: .fire(.replica(replica), .viewChange)
      case 4: .fire(.replica(replica), .viewChange)
      case 5: .cut(link)
      case 6: .lose(link, percent: 50)
      case 7: .heal(nil)
      case 8: .drop(message)
      case 9: .duplicate(message)
      case 10: .hold(message)
      case 11: .release(message)
      case 12:
        .misbehave(
          ReplicaID(1), Misconduct([.hideProofs, .twoFaced, .omitInNewView, .byHand][below(4)]))
      default: .run(.milliseconds(20 + below(400)))
      }
    // What cannot be done now is not done.
    if world.obstacle(to: command) == nil { happenings += try history.perform(command) }
  }

  /// The story of a view as the page has it.
  func story(of view: View) -> ViewStory { ViewStory(of: view, past, in: world) }

  var past: ArraySlice<Happening> {
    var memory = Recollection(of: .viewChanges)
    memory.follow(history)
    return memory.past(of: history)
  }
}

/// What the page View change says is what the world holds.
@Suite struct ViewChangeFactTests {
  @Test(
    "who has received, kept, lost and refused which VIEW-CHANGE is as the replicas and links have it",
    arguments: [4, 7])
  func fates(_ replicas: Int) throws {
    var compared = (held: 0, coming: 0, refused: 0, lost: 0)
    for seed in 1...25 {
      var storm = try Storm(UInt64(seed), replicas: replicas)
      for round in 0..<60 {
        try storm.act()
        let place = Comment(rawValue: "seed \(seed), n = \(replicas), round \(round)")
        let world = storm.world
        for view in ViewStory.views(in: storm.past).all {
          let story = storm.story(of: view)
          for replica in world.replicas {
            if !world.isCrashed(replica.id) {
              compared.held += checkHeld(story, replica, place)
            }
            for sent in story.viewChanges {
              let fate = sent.fate(at: replica.id)
              let last = storm.last(of: sent.content, at: replica.id)
              switch fate.kind {
              case .onItsWay(let arrives):
                let copy = world.inFlight.first { $0.id == fate.id }
                #expect(copy?.due == arrives && copy?.to == .replica(replica.id), place)
                #expect(copy?.message == .viewChange(sent.content), place)
                compared.coming += 1
              case .held:
                #expect(world.inFlight.first { $0.id == fate.id }?.isHeld == true, place)
              case .refused(let finding):
                guard case .receive(_, _, _, _, finding)? = last else {
                  Issue.record(place)
                  continue
                }
                compared.refused += 1
              case .lost(let loss):
                guard case .drop(_, _, _, _, loss)? = last else {
                  Issue.record(place)
                  continue
                }
                compared.lost += 1
              case .unsent, .forgotten, .counts, .own: break
              }
            }
          }
        }
      }
    }
    #expect(compared.held > 100 && compared.coming > 100, "\(compared)")
    #expect(compared.refused > 20 && compared.lost > 20, "\(compared)")
  }

  /// What a replica holds is what counts in the story, but for those whose sender has gone on.
  private func checkHeld(_ story: ViewStory, _ replica: Replica, _ comment: Comment) -> Int {
    guard replica.view == story.view, !replica.isActive else { return 0 }
    var count = 0
    for sent in story.viewChanges where sent.sender != replica.id {
      let isHeld = replica.viewChanges.contains(sent.content)
      let isReplaced = replica.viewChanges.contains {
        $0.replica == sent.sender && $0 != sent.content
      }
      let counts = sent.fate(at: replica.id).kind == .counts
      #expect(isHeld ? counts : !counts || isReplaced, comment)
      count += isHeld ? 1 : 0
    }
    for held in replica.viewChanges where held.view == story.view && held.replica == replica.id {
      let own = story.viewChanges.first { $0.content == held }
      #expect(own?.fate(at: replica.id).kind == .own, comment)
    }
    return count
  }

  @Test(
    "O is that of the NEW-VIEW that was sent, and what led to it was told before",
    arguments: [4, 7])
  func numbers(_ replicas: Int) throws {
    var (sent, wrong, previews) = (0, 0, 0)
    for seed in 101...140 {
      var storm = try Storm(UInt64(seed), replicas: replicas)
      for _ in 0..<60 { try storm.act() }
      let place = Comment(rawValue: "seed \(seed), n = \(replicas)")
      let world = storm.world
      for view in ViewStory.views(in: storm.past).all {
        let story = storm.story(of: view)
        for newView in story.newViews {
          let derivation = Derivation(from: newView.content.viewChanges, newView, in: world)
          // Recomputed plainly: for each number the digest proved in the highest view of V.
          let plain = plainO(newView.content.viewChanges)
          let told = derivation.selection.rows.map { "\($0.sequence) \($0.digest)" }
          #expect(told == plain, place)
          let proposed = newView.content.prePrepares.map { "\($0.sequence) \($0.digest)" }
          #expect(derivation.isRight == (proposed == plain), place)
          #expect(derivation.rows.contains(where: \.isWrong) == (proposed != plain), place)
          if derivation.isRight { sent += 1 } else { wrong += 1 }
          // Whoever entered did so with this O.
          for entry in story.entered.compactMap({ $0?.selection }) where story.newViews.count == 1 {
            #expect(entry == derivation.selection, place)
          }
          previews += checkPreview(storm, story, newView, place)
        }
      }
    }
    #expect(sent > 20 && previews > 10, "\(sent) right, \(wrong) wrong, \(previews) previews")
  }

  /// One step before, the page told what the new primary held already, and it is in V.
  private func checkPreview(
    _ storm: Storm, _ story: ViewStory, _ newView: Sent<NewView>, _ comment: Comment
  ) -> Int {
    let world = storm.history.world(at: newView.step - 1)
    let before = ViewStory(of: story.view, storm.past, in: world)
    guard world.replicas[newView.sender.index].view == story.view,
      !world.isFaulty(newView.sender)
    else { return 0 }
    let held = before.gathered(in: world)
    #expect(held.count == world.settings.needs.newView - 1, comment)
    #expect(held.allSatisfy(newView.content.viewChanges.contains), comment)
    #expect(
      before.standing(of: newView.sender, in: world)
        == .collects(have: held.count, need: world.settings.needs.newView), comment)
    return 1
  }

  private func plainO(_ members: [ViewChange]) -> [String] {
    let low = members.map(\.stable.sequence.number).max() ?? 0
    let proofs = members.flatMap(\.prepared)
    let high = max(proofs.map(\.sequence.number).max() ?? low, low)
    return (low..<high).map { number in
      let n = number + 1
      let best = proofs.filter { $0.sequence.number == n }.max { $0.view < $1.view }
      return "\(SequenceNumber(n)) \(best?.digest ?? Batch.null.digest)"
    }
  }

  @Test("when each replica asked, joined and entered is as it happened", arguments: [4, 7])
  func moments(_ replicas: Int) throws {
    for seed in 201...215 {
      var storm = try Storm(UInt64(seed), replicas: replicas)
      for _ in 0..<50 { try storm.act() }
      let place = Comment(rawValue: "seed \(seed), n = \(replicas)")
      for view in ViewStory.views(in: storm.past).all {
        let story = storm.story(of: view)
        for id in storm.world.cluster.replicas {
          let asked = storm.happenings.first { $0.kind.begins(view, at: id, active: false) }
          let entered = storm.happenings.last { $0.kind.begins(view, at: id, active: true) }
          #expect(story.asked[id.index]?.time == asked?.time, place)
          #expect(story.entered[id.index]?.time == entered?.time, place)
          guard let asked else { continue }
          // It joined where the rule of f + 1 came to hold at the same step; else its timer ran out.
          let joined = storm.happenings.contains {
            guard case .rule(.replica(id), let finding) = $0.kind else { return false }
            return $0.step == asked.step && finding.rule == .join && finding.verdict == .accepted
          }
          #expect(story.asked[id.index]?.byTimer == !joined, place)
        }
      }
    }
  }

  @Test("where each replica stands, and what it lacks, is what it holds", arguments: [4, 7])
  func standings(_ replicas: Int) throws {
    var seen: Set<String> = []
    for seed in 301...320 {
      var storm = try Storm(UInt64(seed), replicas: replicas)
      for round in 0..<50 {
        try storm.act()
        let place = Comment(rawValue: "seed \(seed), n = \(replicas), round \(round)")
        let world = storm.world
        guard let view = ViewStory.views(in: storm.past).latest else { continue }
        let story = storm.story(of: view)
        for own in world.replicas {
          let standing = story.standing(of: own.id, in: world)
          let held = Set(own.viewChanges.filter { $0.view >= view }.map(\.replica))
          seen.insert("\(standing)".prefix { $0 != "(" }.description)
          switch standing {
          case .crashed: #expect(world.isCrashed(own.id), place)
          case .beyond(let other, _): #expect(own.view == other && other > view, place)
          case .works: #expect(own.view == view && own.isActive, place)
          case .notAsked: #expect(own.view < view, place)
          case .collects(let have, let need):
            #expect(own.isPrimary && !own.isActive && have <= need, place)
            let lacks = Set(story.lacks(own.id, in: world).map(\.sender))
            let exact = own.viewChanges.filter { $0.view == view }.map(\.replica)
            #expect(lacks.union(exact) == Set(world.cluster.replicas), place)
          case .waitsForOthers(let have, let need):
            #expect(have == held.count && have < need, place)
            let lacks = Set(story.lacks(own.id, in: world).map(\.sender))
            #expect(lacks == Set(world.cluster.replicas).subtracting(held), place)
          case .waitsForNewView(let fate):
            #expect(held.count >= world.settings.needs.quorum || fate != nil, place)
          }
        }
      }
    }
    #expect(seen.count >= 6, "\(seen.sorted())")
  }
}

extension Storm {
  /// What happened last to a copy of a VIEW-CHANGE for a replica.
  fileprivate func last(of content: ViewChange, at replica: ReplicaID) -> Happening.Kind? {
    happenings.last { happening in
      switch happening.kind {
      case .receive(_, .viewChange(content), _, .replica(replica), _),
        .drop(_, .viewChange(content), _, .replica(replica), _):
        true
      default: false
      }
    }?.kind
  }
}

extension Happening.Kind {
  fileprivate func begins(_ view: View, at replica: ReplicaID, active: Bool) -> Bool {
    if case .view(replica, view, active, _) = self { true } else { false }
  }
}
