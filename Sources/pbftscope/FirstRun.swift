internal import Foundation

extension StateFolder {
  /// Whether nobody has opened the screen from here before; from now on somebody has.
  ///
  /// Where that cannot be written down nobody is told the same every time.
  func isFirstRun() -> Bool {
    let mark = "\(path)/toured"
    guard access(mark, F_OK) != 0, (try? make()) != nil else { return false }
    let file = open(mark, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    guard file >= 0 else { return false }
    close(file)
    return true
  }
}
