import Testing

@testable import PBFT

@Suite struct `The replicated service` {
  @Test func `answers as its operations say`() {
    var store = KeyValueStore()
    #expect(store.execute(.get(key: "x")) == "nil")
    #expect(store.execute(.put(key: "x", value: "1")) == "nil")
    #expect(store.execute(.put(key: "x", value: "2")) == "1")
    #expect(store.execute(.add(key: "x", amount: 40)) == "42")
    #expect(store.execute(.add(key: "new", amount: -1)) == "-1")
    #expect(store.execute(.append(key: "x", value: "a")) == "42a")
    #expect(store.execute(.add(key: "x", amount: 5)) == "5")
    #expect(store.execute(.get(key: "x")) == "5")
    #expect(store.execute(.delete(key: "x")) == "5")
    #expect(store.execute(.delete(key: "x")) == "nil")
    #expect(store["x"] == nil && store["new"] == "-1")
  }

  @Test func `an append shows the order of execution`() {
    var one = KeyValueStore()
    var other = KeyValueStore()
    for value in ["a", "b"] { _ = one.execute(.append(key: "x", value: value)) }
    for value in ["b", "a"] { _ = other.execute(.append(key: "x", value: value)) }
    #expect(one["x"] == "ab" && other["x"] == "ba" && one != other)
  }

  @Test func `a sum too large begins again at 0, and a text too long keeps its end`() {
    var store = KeyValueStore()
    _ = store.execute(.put(key: "n", value: String(Int.max)))
    #expect(store.execute(.add(key: "n", amount: 1)) == "0")
    for _ in 0..<100 { _ = store.execute(.append(key: "t", value: "abcde")) }
    #expect(store["t"]?.utf8.count == KeyValueStore.longestValue)
    #expect(store["t"]?.hasSuffix("abcde") == true)
  }

  @Test func `equal states have equal digests, however they came about`() {
    var one = Snapshot()
    var other = Snapshot()
    for key in ["a", "b", "c"] { _ = one.store.execute(.put(key: key, value: key)) }
    for key in ["c", "z", "a", "b"] { _ = other.store.execute(.put(key: key, value: key)) }
    #expect(one.digest != other.digest)
    _ = other.store.execute(.delete(key: "z"))
    #expect(one == other && one.digest == other.digest)
  }

  @Test func `the last replies are part of the state`() {
    var answered = Snapshot()
    answered.replies[ClientID(1)] = ReplyTable.Entry(timestamp: Timestamp(1), result: "r")
    #expect(answered.digest != Snapshot().digest)
    #expect(answered.replies.all.map(\.client) == [ClientID(1)])
  }
}

@Suite struct `Canonical bytes` {
  @Test
  func `numbers are eight bytes, the first the most significant; texts start with their length`() {
    var encoder = Encoder(tag: "T")
    encoder.append(258)
    encoder.append(-1)
    encoder.append("é")
    let one: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 1, 84]
    let number: [UInt8] = [0, 0, 0, 0, 0, 0, 1, 2]
    let text: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 2, 0xC3, 0xA9]
    #expect(encoder.bytes == one + number + Array(repeating: 255, count: 8) + text)
  }

  @Test func `no two ways to cut a text have the same bytes`() {
    func bytes(_ parts: [String]) -> [UInt8] {
      var encoder = Encoder(tag: "")
      for part in parts { encoder.append(part) }
      return encoder.bytes
    }
    #expect(bytes(["ab", "c"]) != bytes(["a", "bc"]))
    #expect(bytes(["abc"]) != bytes(["abc", ""]))
  }

  @Test func `SHA-256 of nothing is what everybody says it is`() {
    #expect(
      Digest(of: []).description
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(Digest(of: []).bytes.count == 32)
  }

  @Test func `the digest of a batch tells its requests and their order`() {
    let bench = Workbench()
    let (one, other) = (bench.request(0), bench.request(1))
    #expect(Batch([one, other]).digest != Batch([other, one]).digest)
    #expect(Batch([one]).digest != Batch([one, other]).digest)
    #expect(Batch([]).digest == Batch.null.digest && Batch.null.isNull)
  }
}
