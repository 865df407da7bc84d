/// Parts, in their order.
///
/// Written out: as one function of a parameter pack, which the compiler does not specialise, it takes three
/// times as long.
extension Fingerprint {
  @inlinable public mutating func combine(_ a: some Fingerprintable) { a.combine(into: &self) }

  @inlinable public mutating func combine(_ a: some Fingerprintable, _ b: some Fingerprintable) {
    combine(a)
    combine(b)
  }

  @inlinable public mutating func combine(
    _ a: some Fingerprintable, _ b: some Fingerprintable, _ c: some Fingerprintable
  ) {
    combine(a, b)
    combine(c)
  }

  @inlinable public mutating func combine(
    _ a: some Fingerprintable, _ b: some Fingerprintable, _ c: some Fingerprintable,
    _ d: some Fingerprintable
  ) {
    combine(a, b)
    combine(c, d)
  }

  @inlinable public mutating func combine(
    _ a: some Fingerprintable, _ b: some Fingerprintable, _ c: some Fingerprintable,
    _ d: some Fingerprintable, _ e: some Fingerprintable
  ) {
    combine(a, b, c)
    combine(d, e)
  }

  @inlinable public mutating func combine(
    _ a: some Fingerprintable, _ b: some Fingerprintable, _ c: some Fingerprintable,
    _ d: some Fingerprintable, _ e: some Fingerprintable, _ f: some Fingerprintable
  ) {
    combine(a, b, c)
    combine(d, e, f)
  }

  @inlinable public mutating func combine(
    _ a: some Fingerprintable, _ b: some Fingerprintable, _ c: some Fingerprintable,
    _ d: some Fingerprintable, _ e: some Fingerprintable, _ f: some Fingerprintable,
    _ g: some Fingerprintable
  ) {
    combine(a, b, c, d)
    combine(e, f, g)
  }

  @inlinable public mutating func combine(
    _ a: some Fingerprintable, _ b: some Fingerprintable, _ c: some Fingerprintable,
    _ d: some Fingerprintable, _ e: some Fingerprintable, _ f: some Fingerprintable,
    _ g: some Fingerprintable, _ h: some Fingerprintable
  ) {
    combine(a, b, c, d)
    combine(e, f, g, h)
  }
}
