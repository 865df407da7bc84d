internal import CTerminal
internal import Cells

/// Turns what the terminal reports into inputs.
struct Decoder {
  private(set) var inputs: [Input] = []

  /// What has come of a paste that has not ended.
  private var pasted: String?

  mutating func take(_ event: CTEvent) {
    switch event.kind {
    case .nothing: break
    case .character: take(character: event.code)
    case .key:
      if let key = Key(event) { inputs.append(.key(key)) }
    case .press: take(.press, event)
    case .release: take(.release, event)
    case .drag: take(.drag, event)
    case .resize: inputs.append(.resize(Size(columns: Int(event.x), rows: Int(event.y))))
    case .pasteBegin: pasted = ""
    case .pasteEnd:
      if let pasted { inputs.append(.paste(pasted)) }
      pasted = nil
    case .signal:
      if let reason = QuitReason(signal: Int32(event.code)) { inputs.append(.quit(reason)) }
    }
  }

  private mutating func take(character code: UInt32) {
    guard let scalar = Unicode.Scalar(code) else { return }
    if pasted != nil {
      pasted?.unicodeScalars.append(scalar)
    } else {
      inputs.append(.key(Key(typed: scalar)))
    }
  }

  private mutating func take(_ action: Mouse.Action, _ event: CTEvent) {
    guard let button = Mouse.Button(event.code) else { return }
    let position = Position(x: Int(event.x), y: Int(event.y))
    inputs.append(.mouse(Mouse(button, action, at: position)))
  }
}

extension Key {
  /// A character, or Ctrl and the character whose code is 64 or 96 higher.
  fileprivate init(typed scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0: self = .control(" ")
    case 1...26: self = .control(Character(Unicode.Scalar(UInt8(scalar.value) + 96)))
    case 27..<32: self = .control(Character(Unicode.Scalar(UInt8(scalar.value) + 64)))
    default: self = .character(Character(scalar))
    }
  }

  fileprivate init?(_ event: CTEvent) {
    guard let key = CTKey(rawValue: Int32(bitPattern: event.code)) else { return nil }
    switch key {
    case .enter: self = .enter
    case .escape: self = .escape
    case .tab: self = .tab
    case .backTab: self = .backTab
    case .backspace: self = .backspace
    case .delete: self = .delete
    case .up: self = .up
    case .down: self = .down
    case .left: self = .left
    case .right: self = .right
    case .home: self = .home
    case .end: self = .end
    case .pageUp: self = .pageUp
    case .pageDown: self = .pageDown
    case .function: self = .function(Int(event.x))
    }
  }
}

extension Mouse.Button {
  fileprivate init?(_ code: UInt32) {
    switch CTButton(rawValue: Int32(bitPattern: code)) {
    case .left: self = .left
    case .middle: self = .middle
    case .right: self = .right
    case .wheelUp: self = .wheelUp
    case .wheelDown: self = .wheelDown
    default: return nil
    }
  }
}
