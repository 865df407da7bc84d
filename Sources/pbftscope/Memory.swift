#if canImport(Glibc)
  internal import Glibc
#endif

/// How much memory this process uses.
enum Memory {
  /// The bytes that are resident now; nil where the system does not tell in a file.
  static var resident: Int? {
    #if canImport(Glibc)
      guard let file = fopen("/proc/self/statm", "r") else { return nil }
      defer { fclose(file) }
      var line = [CChar](repeating: 0, count: 256)
      guard fgets(&line, Int32(line.count), file) != nil else { return nil }
      // The second number counts the resident pages.
      let words = line.prefix { $0 != 0 }.split(separator: CChar(UInt8(ascii: " ")))
      guard words.count > 1,
        let pages = Int(String(decoding: words[1].map(UInt8.init(bitPattern:)), as: UTF8.self))
      else { return nil }
      return pages * Int(getpagesize())
    #else
      return nil
    #endif
  }
}
