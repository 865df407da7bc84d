internal import Cells
internal import Simulation

/// The keys of time: every verb forward with its twin backward.
extension Keys {
  static let time = [
    KeyEntry(
      [.character(" ")], "space", .advance, "run",
      "leads to the lesson's next stop; without a lesson runs or pauses", in: .time, rank: 0),
    KeyEntry(
      [.backspace], "Bksp", .retreat, "stop back", "back to the lesson's stop before", in: .time),
    KeyEntry(
      [.right, .character("l")], "→ l", .forward, "step", "one event forward", in: .time,
      command: "step 1", rank: 1),
    KeyEntry(
      [.left, .character("h")], "← h", .back, "back", "one event back", in: .time,
      command: "back", rank: 5),
    KeyEntry(
      [.pageDown], "PgDn", .turn(1), "next page",
      "on a presenter's remote: to the lesson's next stop; without a lesson one event forward",
      in: .time),
    KeyEntry(
      [.pageUp], "PgUp", .turn(-1), "page back",
      "back to the lesson's stop before; without a lesson one event back", in: .time),
    KeyEntry(
      [.character("]")], "]", .next(.phase), "phase",
      "on to where a number reaches its next phase", in: .time, command: "next phase", rank: 3),
    KeyEntry(
      [.character("[")], "[", .previous(.phase), "phase back", "back to the previous such moment",
      in: .time, command: "back phase", rank: 15),
    KeyEntry(
      [.character("}")], "}", .next(.event), "event",
      "on to a view change, crash, timeout, refusal, stable checkpoint or violation", in: .time,
      command: "next event",
      rank: 10),
    KeyEntry(
      [.character("{")], "{", .previous(.event), "event back", "back to the previous such moment",
      in: .time, command: "back event", rank: 16),
    KeyEntry(
      [.character(")")], ")", .next(.view), "view", "on to where a view has its first replica",
      in: .time,
      command: "next view",
      rank: 20),
    KeyEntry(
      [.character("(")], "(", .previous(.view), "view back", "back to the previous such moment",
      in: .time, command: "back view"),
    KeyEntry(
      [.character(">")], ">", .scrub(1), "scrub", "one cell of the bar of time forward", in: .time),
    KeyEntry(
      [.character("<")], "<", .scrub(-1), "scrub back", "one cell of the bar of time back",
      in: .time),
    KeyEntry(
      [.character("p")], "p", .places, "places",
      "every kind of moment to go on or back to, and how many there are", in: .time, rank: 12),
    KeyEntry([.home], "Home", .first, "start", "to the start", in: .time, command: "goto 0"),
    KeyEntry(
      [.end], "End", .last, "end", "to the end of what is known", in: .time, command: "goto end"),
    KeyEntry(
      [.character(".")], ".", .runOrPause, "run/pause", "runs or pauses", in: .time,
      command: "run 1s"),
    KeyEntry(
      [.character(",")], ",", .runBackOrPause, "run back",
      "runs backwards or pauses; : break CONDITION stops runs either way", in: .time),
    KeyEntry(
      [.function(5)], "F5", .runFromStart, "replay", "plays again from the start", in: .time),
    KeyEntry([.character("*")], "*", .faster, "faster", "runs faster", in: .time),
    KeyEntry([.character("_")], "_", .slower, "slower", "runs slower", in: .time),
    KeyEntry(
      [.character("\"")], "\"", .note, "note", "attaches a sentence to this moment", in: .time),
    KeyEntry(
      [.character("v")], "v", .compare, "compare",
      "two branches side by side from where they part, with what differs marked", in: .time,
      rank: 13),
    KeyEntry(
      [.character("o")], "o", .nextBranch, "other branch",
      "to the next branch: acting in the past keeps the old future", in: .time),
  ]
}
