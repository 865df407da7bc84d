internal import Cells
public import PBFT
internal import Simulation

/// What the page View change looks at.
public struct ViewChangeView: Sendable {
  /// The chosen view; nil is the one that was begun last.
  public internal(set) var view: View?
  /// The chosen row; nil while nobody has chosen one.
  public internal(set) var item: ViewChangeItem?
  /// The rows that are opened.
  public internal(set) var opened: Set<ViewChangeItem> = []
  /// All VIEW-CHANGE and NEW-VIEW messages of the present line.
  var memory = Recollection(of: .viewChanges)
}

/// A row of the page View change that can be chosen.
public enum ViewChangeItem: Hashable, Sendable {
  /// A VIEW-CHANGE of this sender; a liar may have sent several that differ, counted from zero.
  case viewChange(ReplicaID, Int)
  /// A NEW-VIEW; several that differ are counted from zero.
  case newView(Int)
  /// A number of O: of this NEW-VIEW, or as it would be now.
  case number(newView: Int, SequenceNumber)
  /// What a replica waits for.
  case replica(ReplicaID)
  /// A copy of a message.
  case copy(Int)
}

/// What the keys of the page View change do.
public enum ViewChangeAction: Hashable, Sendable {
  /// So many rows down, or up.
  case move(Int)
  /// Opens the chosen row, or closes it.
  case open
  /// The next view that was asked for; after the last the first.
  case nextView
  /// This view.
  case show(View)
  /// Chooses a row, and opens or closes it.
  case choose(ViewChangeItem)
}

extension Keys {
  static let viewChange: [KeyEntry] = [
    KeyEntry(
      [.up], "↑", .onViewChange(.move(-1)), "row", "the row above", in: .viewChange),
    KeyEntry(
      [.down, .character("j")], "↓ j", .onViewChange(.move(1)), "row", "the row below",
      in: .viewChange, rank: 1),
    KeyEntry(
      [.enter], "Enter", .onViewChange(.open), "open",
      "opens the chosen row: a VIEW-CHANGE with its C and P, a number of O with its proofs, what a replica "
        + "waits for; on a copy the page Message",
      in: .viewChange, rank: 0),
    KeyEntry(
      [.character("/")], "/", .onViewChange(.nextView), "view",
      "the next view that anybody has asked for; after the last the first", in: .viewChange,
      rank: 2),
  ]
}

extension Model {
  mutating func performOnViewChange(_ action: ViewChangeAction) {
    switch action {
    case .move(let distance): moveOnViewChange(by: distance)
    case .open:
      if let item = viewChange.item {
        open(item)
      } else {
        moveOnViewChange(by: 1)
      }
    case .nextView: showNextView()
    case .show(let view):
      viewChange.view = view
      viewChange.item = nil
      viewChange.opened = []
    case .choose(let item):
      viewChange.item = item
      open(item)
    }
  }

  private mutating func moveOnViewChange(by distance: Int) {
    let items = Scene(self).viewChangeItems
    guard !items.isEmpty else {
      notice = Notice(refusal: "no view change has begun; f fires a timer, which begins one")
      return
    }
    guard let here = viewChange.item.flatMap({ items.firstIndex(of: $0) }) else {
      viewChange.item = distance > 0 ? items.first : items.last
      return
    }
    viewChange.item = items[min(max(here + distance, 0), items.count - 1)]
  }

  private mutating func open(_ item: ViewChangeItem) {
    if case .copy(let id) = item {
      showMessage(id)
      return
    }
    if case .replica(let id) = item {
      replica = id
      focus = .replicas
    }
    if viewChange.opened.remove(item) == nil { viewChange.opened.insert(item) }
  }

  private mutating func showNextView() {
    let scene = Scene(self)
    let (all, shown) = (scene.viewsAskedFor.all, scene.shownView)
    guard all.count > 1 else {
      notice = Notice(
        refusal: all.isEmpty
          ? "no view change has begun yet"
          : "view \(all[0].number) is the only one that anybody has asked for")
      return
    }
    let here = shown.flatMap { all.firstIndex(of: $0) } ?? -1
    performOnViewChange(.show(all[(here + 1) % all.count]))
  }

  /// After every input: what the page is to show is known.
  mutating func settleViewChange() {
    guard page == .viewChange else { return }
    viewChange.memory.follow(history, atMost: Self.partsAtOnce)
    wait(for: viewChange.memory.known(of: history))
  }
}
