public import Cells

/// A piece of a picture with its place: it draws nowhere else, and no other piece draws there.
///
/// A picture is drawn piece by piece, so that what the pieces promise can be checked on each of them alone.
public struct PicturePart {
  public let name: String
  public let region: Region
  /// It lies over what is drawn before it, as a window does.
  public let isOver: Bool
  /// It is also drawn by the page around it, which keeps these rows free for it.
  public let isOfPage: Bool
  private let paint: (inout CellBuffer) -> Void

  init(
    _ name: String, _ region: Region, isOver: Bool = false, isOfPage: Bool = false,
    paint: @escaping (inout CellBuffer) -> Void
  ) {
    self.name = name
    self.region = region
    self.isOver = isOver
    self.isOfPage = isOfPage
    self.paint = paint
  }

  /// Draws it where it belongs.
  public func draw(_ buffer: inout CellBuffer) { paint(&buffer) }
}

/// The pieces of the picture of a model at a size, in the order in which they are drawn.
///
/// None where there is too little room for a page.
public func parts(of model: Model, _ size: Size) -> [PicturePart] {
  guard model.hasRoom(in: size) else { return [] }
  let scene = Scene(model)
  let layout = Layout(size)
  let (body, above) = (layout.body, scene.strip(layout.body).above)
  let frame = [
    PicturePart("header", layout.header) { scene.drawHeader(&$0, layout.header) },
    PicturePart("pages", layout.pages) { scene.drawPageBar(&$0, layout.pages) },
    PicturePart("timeline", layout.timeline) { scene.drawTimeline(&$0, layout.timeline) },
    PicturePart("footer", layout.footer) { scene.drawFooter(&$0, layout.footer) },
  ]
  let page =
    model.page == .cluster
    ? scene.clusterParts(body)
    : [PicturePart("page", above) { scene.drawPage(&$0, body) }]
      + scene.storyParts(scene.strip(body), isOfPage: true)
  let window = PicturePart("window", above, isOver: true) { scene.drawOverlay(&$0, above) }
  return frame + page + (model.overlay == nil ? [] : [window])
}

extension Scene {
  /// Any page but the one of the cluster, which consists of pieces.
  fileprivate func drawPage(_ buffer: inout CellBuffer, _ body: Region) {
    switch model.page {
    case .cluster: break
    case .ladder: drawLadderPage(&buffer, body)
    case .quorums: drawQuorumsPage(&buffer, body)
    case .viewChange: drawViewChangePage(&buffer, body)
    case .message: drawMessagePage(&buffer, body)
    case .rules: drawRulesPage(&buffer, body)
    case .timeline: drawTimelinePage(&buffer, body)
    case .start: drawStartPage(&buffer, body)
    }
  }
}
