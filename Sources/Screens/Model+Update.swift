public import Cells
internal import PBFT
internal import Simulation

extension Model {
  /// Takes one input.
  ///
  /// What is drawn afterwards follows from the model alone.
  public mutating func update(_ input: Input) -> Response {
    let (start, branch) = (start, history.branches[history.branch].id)
    defer {
      keepBefore(start)
      settleBranches(branch)
      settleComparison()
      settleLadder()
      settleQuorums()
      settleViewChange()
      settleMessage()
      settleStart()
    }
    switch input {
    case .tick:
      tick()
      return .none
    case .resize(let size):
      self.size = size
      return .redraw
    case .quit: return .quit
    case .mouse(let mouse):
      return take(mouse)
    case .paste(let text):
      // Pasted text is never taken for keys.
      if overlay == .palette { prompt.insert(text) }
      return .none
    case .key(let key):
      if key == .control("c") { return .quit }
      if key == .control("l") { return .redraw }
      if overlay == .palette {
        notice = nil
        return takeInPalette(key)
      }
      return take(key)
    }
  }

  private mutating func take(_ key: Key) -> Response {
    notice = nil
    if takeInWindow(key) { return .none }
    guard let action = Keys.action(for: key, on: page) else {
      if case .character(let character) = key {
        notice = Notice(refusal: "\"\(character)\" does nothing; ? shows the keys")
      }
      return .none
    }
    // A window over the page is closed first; what is behind it may be quit afterwards.
    if action == .quit, overlay != nil {
      overlay = nil
      return .none
    }
    return perform(action)
  }

  private mutating func take(_ mouse: Mouse) -> Response {
    // A release may never be told of; whatever was held before is not held any more.
    if mouse.button == .left, mouse.action != .drag { isScrubbing = false }
    guard overlay != .palette else { return .none }
    switch (mouse.button, mouse.action) {
    case (.left, .press): return click(mouse.position)
    case (.left, .drag) where isScrubbing: scrub(to: mouse.position)
    case (.wheelUp, .press): turnWheel(.up)
    case (.wheelDown, .press): turnWheel(.down)
    default: break
    }
    return .none
  }

  private mutating func turnWheel(_ key: Key) {
    var key = key
    // Where the arrows choose something else, the wheel still scrolls.
    if case .compare = overlay { key = key == .up ? .pageUp : .pageDown }
    if !takeInWindow(key), let action = Keys.action(for: key, on: page) { _ = perform(action) }
  }

  /// Whether the key meant what lies over the page.
  private mutating func takeInWindow(_ key: Key) -> Bool {
    switch overlay {
    case .faults(let choice): takeInFaults(key, choice)
    case .compare(let view): takeInCompare(key, view)
    case .places(let choice): takeInPlaces(key, choice)
    case .why(let cell): takeInWhy(key, cell)
    case .inspector(let message, _) where key == .character(":"): takeInInspector(message)
    case .help: scrollOverlay(key) || takeInHelp(key)
    default: scrollOverlay(key)
    }
  }

  /// Whether the key scrolled what lies over the page.
  private mutating func scrollOverlay(_ key: Key) -> Bool {
    var rows = 0
    switch key {
    case .up: rows = -1
    case .down, .character("j"): rows = 1
    case .pageUp: rows = -10
    case .pageDown: rows = 10
    case .home: rows = -10_000
    default: return false
    }
    switch overlay {
    case .help(let scroll): overlay = .help(scroll: moved(scroll, rows))
    // Time goes on behind these, so that one can see what it changes.
    case .inspector(let message, let scroll) where abs(rows) == 1:
      overlay = .inspector(message: message, scroll: moved(scroll, rows))
    case .state(let scroll) where abs(rows) == 1: overlay = .state(scroll: moved(scroll, rows))
    case .question(let query, let scroll) where abs(rows) == 1:
      overlay = .question(query, scroll: moved(scroll, rows))
    default: return false
    }
    return true
  }

  /// The help tells what a key does; it must not be done unseen behind it.
  private mutating func takeInHelp(_ key: Key) -> Bool {
    switch Keys.action(for: key, on: page) {
    case .help, .close, .quit, .theme, .glyphs, .redraw, .palette: return false
    default:
      notice = Notice(refusal: "the help is open; Esc closes it, and then the key does this")
      return true
    }
  }

  private func moved(_ scroll: Int, _ rows: Int) -> Int { min(max(scroll + rows, 0), 500) }

  /// Does what a key stands for.
  mutating func perform(_ action: Action) -> Response {
    switch action {
    case .forward: forward()
    case .back: act(.back(1))
    case .next(let landmark): act(.next(landmark))
    case .previous(let landmark): act(.previous(landmark))
    case .scrub(let distance): moveOnBar(by: distance)
    case .first: goToStart()
    case .last: goToEnd()
    case .advance where lesson != nil: nextStop()
    // Whichever way it runs, the great key pauses.
    case .advance: if isRunning { isRunning = false } else { runOrPause() }
    case .retreat: previousStop()
    case .compare: compare()
    case .places: toggle(.places(choice: 0))
    case .note:
      // The moment that is meant must not go by while the sentence is typed.
      isRunning = false
      open("note \"")
    case .runOrPause: runOrPause()
    case .runBackOrPause: runBackOrPause()
    case .runFromStart:
      act(.goTo(step: 0, branch: nil))
      isRunning = true
    case .faster: change(speed.next, "this is as fast as it goes")
    case .slower: change(speed.previous, "this is as slow as it goes")
    case .nextBranch: goToNextBranch()
    case .focus(let number): focus(on: number)
    case .nextPane: movePane(by: 1)
    case .previousPane: movePane(by: -1)
    case .up: select(by: -1)
    case .down: select(by: 1)
    case .page(.rules): showRules()
    case .page(.timeline): showTimeline()
    case .page(.message): showMessage(nil)
    case .page(let page): self.page = page
    case .inspect: inspect()
    case .onLadder(let action): performOnLadder(action)
    case .onQuorums(let action): performOnQuorums(action)
    case .onViewChange(let action): performOnViewChange(action)
    case .onMessage(let action): performOnMessage(action)
    case .onStart(let action): return performOnStart(action)
    case .zoom: isZoomed.toggle()
    case .bigger: isBig = true
    case .smaller: isBig = false
    case .picture: return .picture
    case .mouse:
      hasMouse.toggle()
      notice = Notice(
        hasMouse
          ? "the mouse is taken: click, wheel, drag on the line of time"
          : "the mouse is the terminal's: select text; m takes it again")
      return .mouse(hasMouse)
    case .state: toggle(.state(scroll: 0))
    case .why: toggle(.why(askedCell))
    case .faults: toggle(.faults(choice: 0))
    case .moveRule(let distance): moveRule(by: distance)
    case .switchRule: switchRule()
    case .moveBranch(let distance): moveBranch(by: distance)
    case .goToBranch: goToChosenBranch()
    case .crash, .restart, .equivocate, .silence, .delay, .fire: actOnReplica(action)
    case .request: request()
    case .load: toggleLoad()
    case .drop, .deliver, .hold: actOnMessage(action)
    case .theme: nextTheme()
    case .glyphs: glyphs = glyphs.isASCII ? .unicode : .ascii
    case .palette: open("")
    case .help: toggle(.help(scroll: 0))
    case .close: close()
    case .redraw: return .redraw
    case .quit: return .quit
    }
    return .none
  }

  /// Out of what lies over the page, then out of the zoom, then back towards the page Cluster.
  private mutating func close() {
    if overlay != nil {
      overlay = nil
    } else if isZoomed {
      isZoomed = false
    } else if page == .message {
      page = pageBefore
    } else {
      page = .cluster
    }
  }

  private mutating func toggle(_ overlay: Overlay) {
    let isSame =
      switch (self.overlay, overlay) {
      case (.help, .help), (.state, .state), (.inspector, .inspector), (.faults, .faults),
        (.why, .why), (.places, .places):
        true
      default: false
      }
    self.overlay = isSame ? nil : overlay
  }

  private mutating func change(_ speed: Speed?, _ refusal: String) {
    guard let speed else {
      notice = Notice(refusal: refusal)
      return
    }
    self.speed = speed
    notice = Notice("speed \(speed.word)" + (isRunning ? "" : "; . runs"))
  }

  private mutating func nextTheme() {
    let index = Themes.all.firstIndex { $0.name == theme.name } ?? -1
    theme = Themes.all[(index + 1) % Themes.all.count]
    notice = Notice("theme \(theme.name)")
  }

  private mutating func inspect() {
    guard let selected else {
      notice = Notice(refusal: "no message is on its way; n sends a new request")
      return
    }
    showMessage(selected.id)
  }
}

// MARK: - Where the focus is

extension Model {
  private mutating func focus(on number: Int) {
    guard number < cluster.replicaCount else {
      let last = cluster.replicaCount - 1
      notice = Notice(refusal: "there is no R\(number): the replicas are R0 to R\(last)")
      return
    }
    replica = ReplicaID(number)
    focus = .replicas
  }

  /// Replica after replica, then the messages in flight, then the first replica again.
  private mutating func movePane(by distance: Int) {
    let count = cluster.replicaCount
    let here = focus == .messages ? count : replica.index
    let place = (here + distance + count + 1) % (count + 1)
    if place == count {
      focus = .messages
      message = selected?.id
    } else {
      focus = .replicas
      replica = ReplicaID(place)
    }
  }

  private mutating func select(by distance: Int) {
    let inFlight = world.inFlight
    guard !inFlight.isEmpty else {
      notice = Notice(refusal: "no message is on its way; n sends a new request")
      return
    }
    let here = inFlight.firstIndex { $0.id == message }
    let place = focus == .messages ? (here ?? 0) + distance : here ?? 0
    focus = .messages
    message = inFlight[min(max(place, 0), inFlight.count - 1)].id
  }
}
