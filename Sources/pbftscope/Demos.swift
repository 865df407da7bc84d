internal import Foundation
internal import Language
internal import Screens

/// The pages that can be opened without leaving: those beside the opened file, then the demos, then those that
/// show what a rule is for.
///
/// The demos lie in `demos` beside the opened file or in the present folder, or above the program.
func findDemos(beside file: String?) -> [DemoFile] {
  let beside = file.map(folder(of:))
  var folders = ["demos"]
  if let beside {
    folders.insert(inside(beside, "demos"), at: 0)
    // Opened was one of them, or one of the rules.
    folders.insert(beside, at: 0)
    if lastName(of: beside) == "rules" { folders.insert(folder(of: beside), at: 0) }
  }
  if let program = Bundle.main.executableURL {
    var folder = program.resolvingSymlinksInPath().deletingLastPathComponent()
    for _ in 0..<4 {
      folders.append(folder.appendingPathComponent("demos").path)
      folder.deleteLastPathComponent()
    }
  }
  let demos = folders.first { !pages(in: inside($0, "rules")).isEmpty }
  var found: [DemoFile] = []
  if let beside, lastName(of: beside) != "rules", place(beside) != demos.map(place) {
    found += read(beside, isOfRule: false)
  }
  guard let demos else { return found }
  return found + read(demos, isOfRule: false) + read(inside(demos, "rules"), isOfRule: true)
}

/// How a file is named among the demos, where it is one of them.
func demoPath(of path: String, among demos: [DemoFile]) -> String {
  let place = SessionFile.place(of: path)
  return demos.first { SessionFile.place(of: $0.path) == place }?.path ?? path
}

/// More files of a folder than these are not looked at.
private let mostPages = 200
/// A longer page is a session, and is not read only for its title.
private let longestPage = 100_000

private func place(_ folder: String) -> String { SessionFile.place(of: folder) }

/// The folder that a file lies in, named as the file was.
private func folder(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// The name of a folder, where it stands now.
private func lastName(of folder: String) -> String {
  URL(fileURLWithPath: folder).lastPathComponent
}

private func inside(_ folder: String, _ name: String) -> String {
  folder == "." ? name : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
}

/// The names of the pages in a folder, in order.
private func pages(in folder: String) -> [String] {
  let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  return Array(
    names.filter { $0.hasSuffix(".pbft") && !$0.hasPrefix(".") }.sorted().prefix(mostPages))
}

private func read(_ folder: String, isOfRule: Bool) -> [DemoFile] {
  pages(in: folder).map { name in
    let path = inside(folder, name)
    let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size]) as? Int
    var script: Script?
    if let size, size <= longestPage, let text = try? readText(path) {
      script = try? Script(parsing: text)
    }
    let isPage = script.map { $0.session == nil } ?? false
    return DemoFile(
      name: String(name.dropLast(5)), path: path, title: script?.title ?? "",
      stops: isPage ? script?.stopCount : nil, isOfRule: isOfRule)
  }
}
