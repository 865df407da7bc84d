internal import Cells
internal import PBFT
internal import Simulation

/// How far the log of a replica is scrolled, at one moment.
struct LogScroll: Hashable {
  let replica: ReplicaID
  /// So many of the newest lines are left out.
  let lines: Int
  /// The lasting number of the branch, and the step.
  let branch: Int
  let step: Int
}

/// The wheel of the mouse scrolls what is under the pointer.
extension Model {
  mutating func turnWheel(_ key: Key, at position: Position) {
    notice = nil
    if overlay != nil {
      var key = key
      // Where the arrows choose something else, the wheel still scrolls.
      if case .compare = overlay { key = key == .up ? .pageUp : .pageDown }
      _ = takeInWindow(key)
      return
    }
    guard hasRoom(in: size) else { return }
    let distance = key == .up ? -1 : 1
    let layout = Layout(size)
    let strip = Scene(self).strip(layout.body)
    if layout.timeline.contains(position) {
      moveOnBar(by: distance)
    } else if page == .cluster, strip.rest.contains(position) {
      turnWheelOnCluster(by: distance, at: position, strip)
    } else if page == .cluster || page == .ladder, strip.inFlight.contains(position) {
      select(by: distance)
    } else if page == .message, Scene(self).isTold(at: position, layout.body) {
      scrollTold(by: distance)
    } else if page != .cluster, strip.above.contains(position),
      let action = Keys.action(for: key, on: page)
    {
      _ = perform(action)
    }
  }

  private mutating func turnWheelOnCluster(
    by distance: Int, at position: Position, _ strip: Strip
  ) {
    let scene = Scene(self)
    if isZoomed, focus == .messages {
      select(by: distance)
    } else if isBig {
      notice = Notice(refusal: "large panes show no log; - makes them smaller again")
    } else if isZoomed {
      let own = world.replicas[replica.index]
      scrollLog(of: replica, scene.zoomPlaces(strip.rest.inset(by: 1), own).log, by: distance)
    } else if let pane = scene.shownPanes(strip).first(where: { $0.region.contains(position) }) {
      let own = world.replicas[pane.index]
      let log = scene.paneParts(pane.region.inset(by: 1), own).log
      scrollLog(of: own.id, log, by: distance)
    } else {
      notice = Notice(refusal: "the page Ladder, L, goes back through all of time")
    }
  }

  private mutating func scrollLog(of id: ReplicaID, _ region: Region, by distance: Int) {
    let scene = Scene(self)
    let count = scene.logLines(of: .replica(id), width: region.columns, atMost: .max).count
    let most = max(count - region.rows, 0)
    let target = scene.seenOfLog(of: .replica(id), region).first + distance
    if target < 0 {
      notice = Notice(refusal: "the log of \(id) begins with the present: this is its newest line")
    } else if target > most {
      notice = Notice(
        refusal: most == 0
          ? "all that is at hand of the log of \(id) is seen"
          : "nothing older of \(id) is at hand; the page Ladder, L, goes back through all of time")
    } else {
      logScroll =
        target == 0
        ? nil
        : LogScroll(
          replica: id, lines: target, branch: history.branches[history.branch].id,
          step: history.step)
    }
  }

  /// After every input: at another moment every log begins with the present again.
  mutating func settleLogScroll() {
    guard let scroll = logScroll else { return }
    if scroll.step != history.step || scroll.branch != history.branches[history.branch].id {
      logScroll = nil
    }
  }
}
