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
      lookedUp = nil
      settleLadder()
      settleQuorums()
      settleViewChange()
      settleMessage()
      settleLogScroll()
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

  /// Whether the key meant what lies over the page.
  mutating func takeInWindow(_ key: Key) -> Bool {
    switch overlay {
    case .faults(let choice): takeInFaults(key, choice)
    case .compare(let view): takeInCompare(key, view)
    case .places(let choice): takeInPlaces(key, choice)
    case .setting(let window): takeInSetting(key, window)
    case .why(let cell): takeInWhy(key, cell)
    case .alterations(let message, let choice): takeInAlterations(key, message, choice)
    case .help(let scroll): scrollOverlay(key) || takeInHelp(key, scroll)
    case .ladderFilter(let choice): takeInLadderFilter(key, choice)
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
    case .state(let scroll) where abs(rows) == 1: overlay = .state(scroll: moved(scroll, rows))
    case .question(let query, let scroll) where abs(rows) == 1:
      overlay = .question(query, scroll: moved(scroll, rows))
    default: return false
    }
    return true
  }

  /// The help tells what a key does; it must not be done unseen behind it.
  private mutating func takeInHelp(_ key: Key, _ scroll: Int) -> Bool {
    if key == .tab || key == .backTab {
      turnHelp(from: scroll, forward: key == .tab)
      return true
    }
    switch Keys.action(for: key, on: page) {
    case .help, .close, .quit, .theme, .glyphs, .redraw, .palette, .legend: return false
    case .mouse, .picture: return false
    default:
      notice = Notice(refusal: "the help is open; Esc closes it, and then the key does this")
      return true
    }
  }

  /// Never past the end: what was scrolled beyond it would have to be scrolled back unseen.
  private func moved(_ scroll: Int, _ rows: Int) -> Int {
    let most = Scene(self).mostScroll
    return min(max(min(scroll, most) + rows, 0), most)
  }

  /// Does what a key stands for.
  mutating func perform(_ action: Action) -> Response {
    defer { settleTour(action) }
    switch action {
    case .forward: forward()
    case .back: act(.back(1))
    // A presenter's remote has no other key that could lead through a lesson.
    case .turn(let distance) where lesson != nil:
      if distance > 0 { nextStop() } else { previousStop() }
    case .turn(let distance): if distance > 0 { forward() } else { act(.back(1)) }
    case .next(let landmark): act(.next(landmark))
    case .previous(let landmark): act(.previous(landmark))
    case .scrub(let distance): moveOnBar(by: distance)
    case .first: goToStart()
    case .last: goToEnd()
    case .advance where lesson != nil: nextStop()
    case .advance where tour != nil: turnTour(by: 1)
    case .retreat where tour != nil: turnTour(by: -1)
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
    case .page(let page) where page == self.page && page != .message:
      notice = Notice(refusal: "this is the page \(page.title)")
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
    case .zoom: zoom()
    case .bigger: makeBig(true)
    case .smaller: makeBig(false)
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
    case .legend: showLegend()
    case .tour: toggleTour()
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
    } else if tour != nil {
      leaveTour()
    } else if page == .message {
      page = pageBefore
    } else if page == .ladder, leaveInLadder() {
      // What was looked at is left before the page is.
    } else {
      page = .cluster
    }
  }

  private mutating func toggle(_ overlay: Overlay) {
    let isSame =
      switch (self.overlay, overlay) {
      case (.help, .help), (.state, .state), (.faults, .faults), (.why, .why), (.places, .places):
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
