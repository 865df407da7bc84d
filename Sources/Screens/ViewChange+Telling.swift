internal import Cells
internal import Language
internal import PBFT
internal import Simulation

/// Tells the story of one view, line by line.
struct ViewChangeTelling {
  let scene: Scene
  let story: ViewStory
  /// The same one step before.
  let then: ViewStory
  /// Every view that anybody has asked for.
  let views: [View]
  /// Somebody has asked for the view; otherwise it is the one that would come.
  let hasBegun: Bool

  init(_ scene: Scene, story: ViewStory, then: ViewStory, views: [View], hasBegun: Bool) {
    self.scene = scene
    self.story = story
    self.then = then
    self.views = views
    self.hasBegun = hasBegun
  }

  var world: World { scene.world }
  var view: View { story.view }
  var primary: ReplicaID { world.settings.primary(of: view) }
  var needs: Thresholds { world.settings.needs }
  var glyphs: Glyphs { scene.glyphs }
  func text(_ glyph: Unicode.Scalar) -> String { scene.text(glyph) }
  /// The view as it is said in a sentence.
  var name: String { "view \(view.number)" }

  func names(_ replicas: [ReplicaID]) -> String {
    replicas.map(\.description).joined(separator: " ")
  }

  /// `R1, R2 and R3`.
  func list(_ replicas: [ReplicaID]) -> String {
    guard let last = replicas.last, replicas.count > 1 else { return names(replicas) }
    return replicas.dropLast().map(\.description).joined(separator: ", ") + " and \(last)"
  }

  func sections(_ width: Int) -> [ViewChangeSection] {
    guard hasBegun else { return [explanation(width), replicas(width)] }
    return [asks(width)] + derivations.indices.map { derivation($0, width) } + [replicas(width)]
  }

  /// Two lines at most: which view, whose, how many it takes; and how far it has come.
  func heading(_ width: Int) -> [ViewChangeLine] {
    let last = view.number > 0 ? "\(view.number - 1)" : "?"
    let change = "VIEW CHANGE \(last) \(text(glyphs.arrowRight)) \(view.number)"
    let quorum = "2f + 1 = \(needs.newView)"
    let facts = [
      "   new primary \(primary) (\(order))   needs \(quorum) VIEW-CHANGEs",
      "   new primary \(primary) (\(order))   needs \(quorum)",
      "   primary \(primary) (\(order))  needs \(needs.newView)", "   primary \(primary)", "",
    ]
    let choice = viewChoice(max(width / 4, 12))
    let room = width - change.columns - (choice.isEmpty ? 0 : choice.spans.columns + 2)
    let told = scene.fitting(room, facts)
    var line = ViewChangeLine([Span(change, Style(.viewChange, .bold)), Span(told)])
    if !choice.isEmpty {
      let start = width - choice.spans.columns
      line.spans += [Span(String(repeating: " ", count: max(start - line.spans.columns, 0)))]
      let shift = line.spans.columns
      line.spans += choice.spans
      line.links = choice.links.map {
        ($0.columns.lowerBound + shift..<$0.columns.upperBound + shift, $0.action)
      }
    }
    let isNew = states(of: story, world) != states(of: then, scene.before)
    // Where their names take too much room, the replicas are counted.
    let texts = [states(of: story, world), states(of: story, world, byName: false)].map {
      [Span($0, Style.plain.changed(if: isNew))].wrapped(width: width)
    }
    let state = texts[0].count <= 2 ? texts[0] : texts[1]
    return [line] + state.prefix(2).map { ViewChangeLine($0) }
  }

  /// How the primary follows from the view.
  var order: String {
    world.settings.primaries == .inTurn
      ? "\(view.number) mod \(world.cluster.replicaCount)" : "permuted order"
  }

  /// The views that there are to look at, those near the shown one if there are many.
  private func viewChoice(
    _ width: Int
  ) -> (spans: [Span], links: [(columns: Range<Int>, action: ViewChangeAction)], isEmpty: Bool) {
    guard views.count > 1, let here = views.firstIndex(of: view) else { return ([], [], true) }
    var range = here...here
    func length(_ range: ClosedRange<Int>) -> Int {
      10 + range.reduce(0) { $0 + "\(views[$1].number)".columns + 1 }
    }
    while true {
      if range.lowerBound > 0, length(range.lowerBound - 1...range.upperBound) <= width {
        range = range.lowerBound - 1...range.upperBound
      } else if range.upperBound < views.count - 1,
        length(range.lowerBound...range.upperBound + 1) <= width
      {
        range = range.lowerBound...range.upperBound + 1
      } else {
        break
      }
    }
    var spans = [Span("/ ", Style(.key)), Span("views", .label)]
    var links: [(columns: Range<Int>, action: ViewChangeAction)] = []
    if range.lowerBound > 0 { spans.append(Span(" \(text(glyphs.ellipsis))", .quiet)) }
    for place in range {
      let start = spans.columns
      let isHere = place == here
      spans.append(
        Span(
          isHere ? "[\(views[place].number)]" : " \(views[place].number)",
          isHere ? Style(.focus) : .plain))
      links.append((start..<spans.columns, .show(views[place])))
    }
    if range.upperBound < views.count - 1 {
      spans.append(Span(" \(text(glyphs.ellipsis))", .quiet))
    }
    return (spans, links, false)
  }

  /// How far the change has come, in a sentence or two.
  func states(of story: ViewStory, _ world: World, byName: Bool = true) -> String {
    guard hasBegun else {
      return "Nobody has asked for it. \(reasonToAsk(world))"
    }
    let ids = world.cluster.replicas
    let asked = ids.filter { story.asked[$0.index] != nil }
    let entered = ids.filter { story.entered[$0.index] != nil }
    if let newView = story.newViews.first {
      return newViewState(newView, entered, story, world, byName)
    }
    let gone = ids.filter { story.movedOn[$0.index] != nil }
    if let next = gone.compactMap({ story.movedOn[$0.index]?.view }).min(),
      gone.count >= world.settings.needs.weak
    {
      return "It never began: \(primary) sent no NEW-VIEW. \(told(gone, byName, list)) "
        + "\(gone.count == 1 ? "has" : "have") gone on, first to view \(next.number)."
    }
    guard let first = asked.first else {
      return "No replica has asked for it by its own rules; only a message names it, and one alone "
        + "moves nobody."
    }
    let have = world.settings.needs.join
    let held = story.gathered(in: world).count
    let told = "\(told(asked, byName, list)) \(asked.count == 1 ? "has" : "have") asked for \(name)"
    if asked.count < have {
      return
        "\(told): \(first == asked.last ? "one alone moves nobody" : "too few to move others"). "
        + "With f + 1 = \(have) the others join."
    }
    if held >= world.settings.needs.newView {
      return "\(told). \(primary) holds \(held) of \(needs.newView), and has sent no NEW-VIEW."
    }
    // Those who work below the view may still join.
    let others = world.replicas.contains { !world.isCrashed($0.id) && $0.view < view }
    let effect = others ? ": f + 1 = \(have) are enough for the others to join" : ""
    return "\(told)\(effect). \(primary) holds \(held) of 2f + 1 = \(needs.newView)."
  }

  /// By name, or where that is too long by number.
  private func told(
    _ ids: [ReplicaID], _ byName: Bool, _ names: ([ReplicaID]) -> String
  ) -> String {
    byName || ids.count < 4 ? names(ids) : "\(ids.count) replicas"
  }

  private func newViewState(
    _ newView: Sent<NewView>, _ entered: [ReplicaID], _ story: ViewStory, _ world: World,
    _ byName: Bool
  ) -> String {
    let sent = story.newViews.count { !$0.isKeptBack }
    guard sent > 0 else { return "\(primary) has made a NEW-VIEW, and keeps it back." }
    var parts = ["NEW-VIEW sent at \(scene.time(newView.time)) s"]
    if sent > 1 { parts[0] += ", \(sent) different ones" }
    parts.append(
      entered.isEmpty ? "entered by nobody" : "entered by \(told(entered, byName, names))")
    let others = world.cluster.replicas.filter { !entered.contains($0) }
    func those(_ fits: (Fate.Kind) -> Bool) -> [ReplicaID] {
      others.filter { id in
        !world.isCrashed(id) && story.newViews.contains { fits($0.fate(at: id).kind) }
      }
    }
    let coming = those { if case .onItsWay = $0 { true } else { false } }
    let refusing = those { if case .refused = $0 { true } else { false } }
    let missing = others.filter {
      !coming.contains($0) && !refusing.contains($0) && !world.isCrashed($0)
    }
    if !coming.isEmpty { parts.append("on its way to \(told(coming, byName, names))") }
    if !refusing.isEmpty { parts.append("refused by \(told(refusing, byName, names))") }
    if !missing.isEmpty { parts.append("has not reached \(told(missing, byName, names))") }
    return parts.joined(separator: "; ") + "."
  }

  private func reasonToAsk(_ world: World) -> String {
    let wait = seconds(world.settings.viewChangeTimeout)
    return "A backup does when a request that it has received has waited for T = \(wait) (4.4)."
  }

  /// `2 s`, `2.5 s`.
  func seconds(_ duration: Duration) -> String {
    let tenths = (duration.microseconds + 50_000) / 100_000
    return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
  }
}
