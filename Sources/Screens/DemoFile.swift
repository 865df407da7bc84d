/// A page of the language that can be opened without leaving.
public struct DemoFile: Hashable, Sendable {
  /// The name of its file, without the ending.
  public let name: String
  /// Where it lies, as it is named to the user.
  public let path: String
  /// What it says of itself.
  public let title: String
  /// How many stops it has; nil for a session that was saved.
  public let stops: Int?
  /// It shows what a rule is for.
  public let isOfRule: Bool

  public init(name: String, path: String, title: String, stops: Int?, isOfRule: Bool) {
    self.name = name
    self.path = path
    self.title = title
    self.stops = stops
    self.isOfRule = isOfRule
  }
}

extension Model {
  /// The demos that are there, those of the rules last; empty where nobody has looked, or none was found.
  public var demos: [DemoFile] {
    get { opening.demos }
    set { opening.demos = newValue }
  }

  /// Whether what is done is written down, and stays when something else is opened.
  public var isKept: Bool {
    get { opening.isKept }
    set { opening.isKept = newValue }
  }

  /// The scripts that are there to show what a rule was for, by their names without the ending; nil when
  /// nobody has looked.
  var ruleScripts: [String]? {
    let scripts = demos.filter(\.isOfRule).map(\.name)
    return scripts.isEmpty ? nil : scripts
  }

  /// The file that is open, as it is named to the user; nil for a world of one's own.
  public var openFile: String? {
    get { opening.file }
    set {
      opening.file = newValue
      let place = startRows.firstIndex { row in
        if case .demo(let place) = row { demos[place].path == newValue } else { false }
      }
      opening.choice = place ?? 0
    }
  }
}
