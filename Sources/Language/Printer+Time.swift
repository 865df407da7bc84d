internal import PBFT
public import Simulation

extension TimeCommand {
  /// The line of the language that says this; parsed again, it gives the same.
  public var text: String {
    switch self {
    case .forward(let count): "step \(count)"
    case .back(1): "back"
    case .back(let count): "back \(count)"
    case .backFor(let time): "back \(time.text)"
    case .backUntil(let condition): "back until \(condition.text)"
    case .next(let landmark): "next \(landmark.word)"
    case .previous(let landmark): "back \(landmark.word)"
    case .goTo(nil, nil): "goto end"
    case .goTo(nil, let name?): "goto \(name)"
    case .goTo(let step?, nil): "goto \(step)"
    case .goTo(let step?, let name?): "goto \(step) of \(name)"
    case .name(let name): "name \(name)"
    case .note(let text): "note \(quoted(text))"
    case .breakAt(let condition): "break \(condition.text)"
    case .breakOff(nil): "break off"
    case .breakOff(let condition?): "break off \(condition.text)"
    case .forget(let name): "forget \(name)"
    }
  }
}
