internal import Foundation

/// The names of the scripts that show what a rule is for, without their ending; nil where the folder with
/// them is not found.
///
/// It lies beside the opened file, in the present folder, or above the program.
func findRuleScripts(beside file: String?) -> [String]? {
  var folders = ["demos/rules"]
  if let file {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
    folders.insert(folder.appendingPathComponent("rules").path, at: 0)
    if folder.lastPathComponent == "rules" { folders.insert(folder.path, at: 0) }
  }
  if let program = Bundle.main.executableURL {
    var folder = program.resolvingSymlinksInPath().deletingLastPathComponent()
    for _ in 0..<4 {
      folders.append(folder.appendingPathComponent("demos/rules").path)
      folder.deleteLastPathComponent()
    }
  }
  for folder in folders {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { continue }
    return names.filter { $0.hasSuffix(".pbft") }.map { String($0.dropLast(5)) }.sorted()
  }
  return nil
}
