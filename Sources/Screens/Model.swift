public import Cells
public import PBFT
public import Simulation

/// Everything that the screen shows: a value; the same model gives the same picture.
public struct Model: Sendable {
  /// What happened and what could have.
  public internal(set) var history: History
  /// The world one step before the present moment, on the way that led here; nil at the beginning.
  public internal(set) var before: World?
  /// The page with its words, if one is open.
  public internal(set) var lesson: Lesson?

  public internal(set) var page = Page.cluster
  public internal(set) var overlay: Overlay?
  public internal(set) var focus = Focus.replicas
  /// The focused replica.
  public internal(set) var replica = ReplicaID(0)
  /// The number of the selected message; the next to arrive when it is gone.
  public internal(set) var message: Int?
  /// Where the page Message was opened from; Esc leads back there.
  var pageBefore = Page.cluster
  public internal(set) var ladder = LadderView()
  public internal(set) var quorums = QuorumsView()
  public internal(set) var viewChange = ViewChangeView()
  public internal(set) var inspected = MessageView()
  /// Up to which step the history has been gone through for what is shown; nil where that is not to be waited for.
  var lookedUp: Int?
  /// A log that the wheel has moved; nil where every log begins with the present.
  var logScroll: LogScroll?
  public internal(set) var opening = StartView()
  /// The first steps of somebody who is new here.
  public internal(set) var tour: Tour?
  /// Only the pane that has the focus is shown.
  public internal(set) var isZoomed = false
  /// Fewer things, larger.
  public internal(set) var isBig = false
  /// Messages travel along their lanes while time runs.
  public var hasMotion = true
  var motion = Motion()
  /// The mouse is ours; the terminal selects no text.
  public var hasMouse = true
  /// In the linear mode a step is told in one sentence.
  var tellsBriefly = true
  /// The selected rule of the page Rules, by its place in the catalogue.
  public internal(set) var rule = 0
  /// The chosen branch of the page Timeline.
  public internal(set) var branchChoice = 0
  /// What is said of each branch, as far as it has been shown.
  var summaries: [KnownSummary?] = []
  /// What the window of comparison shows.
  var compared: Comparison?

  /// Which way time moves by itself; nil while it is paused.
  public internal(set) var run: Run?
  public internal(set) var speed = Speed.normal
  public internal(set) var prompt = Prompt()
  /// What the program answered last; gone with the next key.
  public internal(set) var notice: Notice?

  public internal(set) var theme: Theme
  public var glyphs: Glyphs
  /// The button was pressed on the bar of time and is still held.
  var isScrubbing = false
  /// As last told; draws do not depend on it.
  public internal(set) var size = Size.zero

  public init(
    history: History, lesson: Lesson? = nil, theme: Theme = Themes.dark,
    glyphs: Glyphs = .unicode
  ) {
    self.history = history
    before = Self.world(before: history)
    self.lesson = lesson
    self.theme = theme
    self.glyphs = glyphs
  }

  public var world: World { history.world }
  public var cluster: Cluster { world.configuration.settings.cluster }

  /// How long to wait for the next ``Input/tick``; nil while nothing moves by itself.
  public var tickInterval: Duration? {
    if isRunning { return Duration(microseconds: speed.interval.microseconds / frames) }
    return isLookingUp ? .milliseconds(1) : nil
  }

  /// What the page is to show has not all been found in the history yet: that goes on little by little.
  public var isLookingUp: Bool { lookedUp != nil || (page == .ladder && ladder.isLookingUp) }

  /// The message that keys act on: the selected one, or the next to arrive.
  var selected: Envelope? {
    let inFlight = world.inFlight
    return inFlight.first { $0.id == message } ?? inFlight.first
  }
}

/// An answer of the program to a key or a command.
public struct Notice: Hashable, Sendable {
  public let text: String
  /// It says why something could not be done.
  public let isRefusal: Bool

  init(_ text: String) {
    self.text = text
    isRefusal = false
  }

  init(refusal text: String) {
    self.text = text
    isRefusal = true
  }
}

/// How fast a run goes.
public enum Speed: Int, Hashable, Sendable, CaseIterable {
  case slowest, slow, normal, fast, faster, fastest

  /// Real time between two ticks.
  var interval: Duration {
    switch self {
    case .slowest: .milliseconds(1_500)
    case .slow: .milliseconds(700)
    case .normal: .milliseconds(300)
    case .fast: .milliseconds(120)
    case .faster: .milliseconds(50)
    case .fastest: .milliseconds(40)
    }
  }

  /// How many events happen at a tick.
  var stepsPerTick: Int { self == .fastest ? 10 : 1 }

  /// As the screen tells it, relative to the ordinary one.
  var word: String {
    switch self {
    case .slowest: "x1/5"
    case .slow: "x1/2"
    case .normal: "x1"
    case .fast: "x2"
    case .faster: "x6"
    case .fastest: "x75"
    }
  }

  var next: Speed? { Speed(rawValue: rawValue + 1) }
  var previous: Speed? { Speed(rawValue: rawValue - 1) }
}
