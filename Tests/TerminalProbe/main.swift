// A program for the tests of Terminal to run in a real one: it draws a known picture, writes down every
// input it gets, and on capital letters falls over in various ways.

import Cells
import Terminal

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

let wishes = Set(CommandLine.arguments.dropFirst())

do {
  let console = try Console(
    mouse: !wishes.contains("--no-mouse"), colour: !wishes.contains("--no-colour"))
  if wishes.contains("--bench") {
    benchmark(console)
  } else {
    run(console)
  }
} catch {
  report("probe: \(error)\n")
  exit(1)
}

func run(_ console: consuming Console) {
  var log: [String] = []
  while true {
    let picture = draw(
      size: console.size, glyphs: console.glyphs, about: "\(console.depth)", log: log)
    console.present(picture, theme: rainbow)
    for input in console.wait() {
      switch input {
      case .quit(let reason):
        report("saved on \(reason)\n")
        console.die(of: reason)
      case .key(.character("q")): return
      case .key(.character("m")): console.setMouse(false)
      case .key(.character("M")): console.setMouse(true)
      case .key(.control("l")): console.redraw()
      case .key(.character("t")): log.append("waited \(console.wait(milliseconds: 50))")
      case .key(.character(let letter)) where letter.isUppercase: fall(letter)
      default: break
      }
      log.append(describe(input))
    }
  }
}

/// Ends the program in the way a letter stands for.
func fall(_ letter: Character) {
  switch letter {
  case "F": fatalError("the probe fell over")
  case "T": _ = Int.max - Int(wishes.count) + Int(getpid())
  case "S": UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
  case "O": _ = endless(0)
  case "A": abort()
  case "E": exit(3)
  case "W": report("a warning\n")
  // No longer answers anybody.
  case "H": while true { _ = usleep(1000) }
  default: break
  }
}

func endless(_ depth: Int) -> Int { depth < 0 ? 0 : endless(depth + 1) + depth }

func report(_ text: String) { text.withCString { _ = write(STDERR_FILENO, $0, strlen($0)) } }
