import Foundation

extension OrderedJSON {
  /// Where two documents differ.
  struct Difference: Hashable, Sendable {
    /// `runs[0].outcomes[2].plan.gap`.
    var place: String
    /// As JSON; `nothing` where one has no such key.
    var first: String
    var second: String
  }

  /// - Parameter isLeftOut: whether a key with this path, indices left out, is not looked at.
  static func differences(
    _ first: some Encodable, _ second: some Encodable,
    leavingOut isLeftOut: @escaping (String) -> Bool
  ) throws -> [Difference] {
    let (left, right) = (Slot(isKept: true), Slot(isKept: true))
    try left.set(first, path: [])
    try right.set(second, path: [])
    var comparison = SlotComparison(isLeftOut: isLeftOut)
    comparison.compare(left, right, at: "", key: "")
    return comparison.found
  }
}

private struct SlotComparison {
  typealias Slot = OrderedJSON.Slot

  let isLeftOut: (String) -> Bool
  var found: [OrderedJSON.Difference] = []

  init(isLeftOut: @escaping (String) -> Bool) { self.isLeftOut = isLeftOut }

  /// - Parameters:
  ///   - place: with the indices of elements.
  ///   - key: the same without them.
  mutating func compare(_ left: Slot?, _ right: Slot?, at place: String, key: String) {
    guard !isLeftOut(key) else { return }
    switch (left?.kind, right?.kind) {
    case (.text(let a), .text(let b)) where !Self.isSame(a, b): note(left, right, place)
    case (.text, .text): break
    case (.array, .array):
      let (a, b) = (left?.children ?? [], right?.children ?? [])
      guard a.count == b.count else {
        return found.append(
          .init(place: place, first: "\(a.count) entries", second: "\(b.count) entries"))
      }
      for (index, pair) in zip(a, b).enumerated() {
        compare(pair.0, pair.1, at: "\(place)[\(index)]", key: key)
      }
    case (.object, .object): compareObjects(left, right, at: place, key: key)
    default: note(left, right, place)
    }
  }

  private mutating func compareObjects(
    _ left: Slot?, _ right: Slot?, at place: String, key: String
  ) {
    let (a, b) = (left?.entries ?? [:], right?.entries ?? [:])
    for name in Set(a.keys).union(b.keys).sorted() {
      let separator = place.isEmpty ? "" : "."
      compare(
        a[name], b[name], at: place + separator + name, key: key + separator + name)
    }
  }

  private mutating func note(_ left: Slot?, _ right: Slot?, _ place: String) {
    func text(_ slot: Slot?) -> String {
      switch slot?.kind {
      case .text(let text), .written(let text): text
      case .array: "a list"
      case .object: "an object"
      case nil: "nothing"
      }
    }
    found.append(.init(place: place, first: text(left), second: text(right)))
  }

  /// Numbers are the same where nothing but rounding tells them apart.
  private static func isSame(_ a: String, _ b: String) -> Bool {
    if a == b { return true }
    guard !a.hasPrefix("\""), let x = Double(a), let y = Double(b) else { return false }
    return abs(x - y) <= 2e-6 + 1e-9 * max(abs(x), abs(y))
  }
}

extension OrderedJSON.Slot {
  /// Those of an object, by key.
  fileprivate var entries: [String: OrderedJSON.Slot] {
    Dictionary(zip(keys, children)) { $1 }
  }
}
