internal import Foundation

/// How much memory this process uses.
enum Memory {
  /// The bytes that are resident now; nil where the system does not tell in a file.
  static var resident: Int? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
      let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first
    else { return nil }
    return Int(kilobytes).map { $0 * 1_024 }
  }
}
