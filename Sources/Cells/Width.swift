extension Unicode.Scalar {
  /// Whether every terminal shows this scalar in exactly one column.
  ///
  /// Errs on the side of no: the program writes letters, box drawing and a few marks, and a scalar
  /// that is wide on one terminal and narrow on another would garble the row.
  public var isOneColumnWide: Bool {
    switch value {
    case 0x20..<0x7F, 0xA0..<0xAD, 0xAE..<0x300, 0x2500..<0x25FD: true
    case ..<0xA0: false
    // Hangul's vowels and finals are drawn into the syllable before them.
    case 0x1100..<0x1200, 0x2329..<0x232B, 0xD7B0..<0xE000: false
    // East Asian wide and full-width forms.
    case 0x2E80..<0x303F, 0x3041..<0xA4D0, 0xA960..<0xA980, 0xAC00..<0xD7A4: false
    case 0xF900..<0xFB00, 0xFE10..<0xFE20, 0xFE30..<0xFE70, 0xFF00..<0xFF61, 0xFFE0..<0xFFE7: false
    case 0x10000...: false
    default: !isInvisibleOrPictorial
    }
  }

  private var isInvisibleOrPictorial: Bool {
    if properties.isEmojiPresentation || properties.isDefaultIgnorableCodePoint { return true }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned: return true
    case .nonspacingMark, .spacingMark, .enclosingMark: return true
    case .lineSeparator, .paragraphSeparator: return true
    default: return false
    }
  }
}

extension StringProtocol {
  /// The columns the text takes in a ``CellBuffer``: one for each scalar.
  public var columns: Int { unicodeScalars.count }
}
