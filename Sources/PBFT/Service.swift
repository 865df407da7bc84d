/// What a client asks the replicated service to do: *o* in the paper (§4.1).
public enum Operation: Hashable, Sendable, CustomStringConvertible {
  /// Sets a key; the result is the former value.
  case put(key: String, value: String)
  /// Adds to a number (a missing or unreadable one is 0); the result is the sum.
  case add(key: String, amount: Int)
  /// Appends to a text; the result is the new text, so that the order of execution can be seen.
  case append(key: String, value: String)
  /// Reads a key.
  case get(key: String)
  /// Removes a key; the result is the former value.
  case delete(key: String)

  public var key: String {
    switch self {
    case .put(let key, _), .add(let key, _), .append(let key, _), .get(let key),
      .delete(let key):
      key
    }
  }

  /// The operation as the language writes it: `append x a`.
  public var description: String {
    switch self {
    case .put(let key, let value): "put \(key) \(value)"
    case .add(let key, let amount): "add \(key) \(amount)"
    case .append(let key, let value): "append \(key) \(value)"
    case .get(let key): "get \(key)"
    case .delete(let key): "delete \(key)"
    }
  }

  /// The longest key or value, in UTF-8 bytes.
  public static let longestText = 64
}

/// The replicated service: a small, deterministic key-value store.
public struct KeyValueStore: Hashable, Sendable {
  /// One key and its value.
  public struct Entry: Hashable, Sendable {
    public let key: String
    public var value: String
  }

  /// Always in ascending order of the keys, so that equal states have equal bytes.
  public private(set) var entries: [Entry] = []

  /// The longest value a key may grow to, in UTF-8 bytes; `append` keeps the end of it.
  public static let longestValue = 256

  /// What a read of a key that is not there answers.
  public static let missing = "nil"

  public init() {}

  public subscript(key: String) -> String? {
    let place = place(of: key)
    return place.found ? entries[place.index].value : nil
  }

  /// Executes an operation and returns its result.
  public mutating func execute(_ operation: Operation) -> String {
    let (index, found) = place(of: operation.key)
    let old = found ? entries[index].value : Self.missing
    switch operation {
    case .get: return old
    case .delete:
      if found { entries.remove(at: index) }
      return old
    case .put(let key, let value):
      set(key, value, at: index, found)
      return old
    case .add(let key, let amount):
      let sum = (Int(old) ?? 0).addingReportingOverflow(amount)
      let text = String(sum.overflow ? 0 : sum.partialValue)
      set(key, text, at: index, found)
      return text
    case .append(let key, let value):
      let text = Self.clipped(found ? old + value : value)
      set(key, text, at: index, found)
      return text
    }
  }

  private mutating func set(_ key: String, _ value: String, at index: Int, _ found: Bool) {
    if found {
      entries[index].value = value
    } else {
      entries.insert(Entry(key: key, value: value), at: index)
    }
  }

  /// Keeps the last characters of a text that has grown too long.
  private static func clipped(_ text: String) -> String {
    var text = text
    while text.utf8.count > longestValue { text.removeFirst() }
    return text
  }

  /// Where a key is or belongs, by binary search.
  private func place(of key: String) -> (index: Int, found: Bool) {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return (low, low < entries.count && entries[low].key == key)
  }
}

/// The last reply sent to each client, by client number: (t, r) only, never the view, since replicas
/// execute the same request in different views and their checkpoints must still be equal (§4.1).
public struct ReplyTable: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    public let timestamp: Timestamp
    public let result: String
  }

  private(set) var entries: [Entry?] = []

  public init() {}

  public subscript(client: ClientID) -> Entry? {
    get { client.index < entries.count ? entries[client.index] : nil }
    set {
      while entries.count <= client.index { entries.append(nil) }
      entries[client.index] = newValue
    }
  }

  /// Every entry with its client, in order of the clients.
  public var all: [(client: ClientID, entry: Entry)] {
    entries.indices.compactMap { index in
      entries[index].map { (ClientID(index), $0) }
    }
  }
}

/// What a checkpoint holds: the service's state and the last-reply table, which is part of it (§4.3).
public struct Snapshot: Hashable, Sendable {
  public var store = KeyValueStore()
  public var replies = ReplyTable()

  public init() {}

  /// D(state, last replies).
  public var digest: Digest {
    var encoder = Encoder(tag: "state")
    encoder.append(store.entries.count)
    for entry in store.entries {
      encoder.append(entry.key)
      encoder.append(entry.value)
    }
    let replies = replies.all
    encoder.append(replies.count)
    for (client, entry) in replies {
      encoder.append(client.index)
      encoder.append(entry.timestamp.number)
      encoder.append(entry.result)
    }
    return Digest(of: encoder)
  }
}
