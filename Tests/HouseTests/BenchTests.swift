import Testing

/// The benchmarks measure what they say: here only that they do, not how fast this machine is.
@Suite struct `The benchmarks` {
  #if os(Linux)
    @Test func `the program is started in a terminal of its own, up to its first frame`() throws {
      let result = try Program.run("bench --only start-up")
      #expect(result.status == 0)
      let figure = try #require(
        result.output.firstMatch(of: #/"figure":"start-up","value":([0-9.]+),"unit":"ms"/#))
      let milliseconds = try #require(Double(figure.output.1))
      #expect(milliseconds > 1 && milliseconds < 10_000)
      // It has ended again, and nothing of it is left on the screen.
      #expect(result.output.split(separator: "\n").count == 1)
    }
  #endif

  @Test func `every page is measured`() throws {
    let result = try Program.run("bench --only frame-200x60")
    #expect(result.status == 0)
    for page in [
      "cluster", "ladder", "quorums", "view-change", "message", "rules", "timeline", "start",
    ] {
      #expect(result.output.contains("\"figure\":\"frame-200x60-\(page)\""), "\(page)")
    }
    #expect(result.output.matches(of: #/"cells":3600000/#).count == 8)
  }
}
