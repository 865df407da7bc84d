internal import PBFT

/// How much is shown at once.
extension Model {
  /// One pane alone, or all of them again.
  mutating func zoom() {
    guard overlay == nil else {
      notice = Notice(refusal: "a window lies over the page; Esc closes it, and then z zooms")
      return
    }
    guard page != .start else {
      notice = Notice(refusal: "the page Start has no panes; z zooms on the others")
      return
    }
    isZoomed.toggle()
    guard isZoomed else { return }
    let shown =
      page != .cluster
      ? "the page with less below it"
      : focus == .messages ? "the messages alone" : "\(replica) alone"
    notice = Notice("\(shown); z or Esc leads back")
  }

  /// Fewer things that are larger, or more that are smaller.
  mutating func makeBig(_ isWanted: Bool) {
    guard isBig != isWanted else {
      notice = Notice(
        refusal: isWanted
          ? "this is as large as it gets; - makes it smaller"
          : "this is as small as it gets; + makes it larger")
      return
    }
    isBig = isWanted
    notice = Notice(isBig ? "large, for the back row; - leads back" : "all of it again")
  }
}
