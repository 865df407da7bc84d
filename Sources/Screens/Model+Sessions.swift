public import Simulation

/// What the program does with files while the screen is open.
extension Model {
  /// Says what was done with a file; gone with the next key.
  public mutating func tell(_ text: String) {
    overlay = nil
    notice = Notice(text)
  }

  /// Says why nothing was done with a file.
  ///
  /// Where it was asked for in the palette, there, so that the line can be mended.
  public mutating func refuse(_ text: String) {
    if overlay == .palette { prompt.refusal = text } else { notice = Notice(refusal: text) }
  }

  /// Another story in the place of this one; how it is looked at stays.
  public mutating func open(_ history: History, _ lesson: Lesson?) {
    var model = Model(history: history, lesson: lesson, theme: theme, glyphs: glyphs)
    model.size = size
    model.speed = speed
    model.hasMotion = hasMotion
    model.hasMouse = hasMouse
    model.isBig = isBig
    model.demos = demos
    model.isKept = isKept
    model.tellsBriefly = tellsBriefly
    self = model
  }
}
