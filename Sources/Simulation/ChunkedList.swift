/// A list that grows at its end and shares its older parts with its copies.
///
/// A snapshot of a plain array costs the whole array at its next change; of this one a chunk.
public struct ChunkedList<Element: Sendable>: Sendable {
  private var chunks: [[Element]] = []
  private static var chunkSize: Int { 32 }

  public private(set) var count = 0

  public init() {}

  public subscript(index: Int) -> Element {
    get { chunks[index / Self.chunkSize][index % Self.chunkSize] }
    _modify { yield &chunks[index / Self.chunkSize][index % Self.chunkSize] }
  }

  public mutating func append(_ element: Element) {
    if count % Self.chunkSize == 0 { chunks.append([]) }
    chunks[chunks.count - 1].append(element)
    count += 1
  }

  public var array: [Element] { Array(chunks.joined()) }
}

extension ChunkedList: Equatable where Element: Equatable {}
