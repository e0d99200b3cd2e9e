/// Where in a JSON file something is, one step a level: a member's name, `*` for any member,
/// `[]` for every element of an array.
struct JSONPath: Hashable, Sendable, ExpressibleByStringLiteral {
  let steps: [String]

  /// `terms/OnDemand/*/*`; the empty text is the file itself.
  init(_ text: String) { steps = text.split(separator: "/").map(String.init) }
  init(stringLiteral text: String) { self.init(text) }

  /// Whether a place is here. Only arrays have elements, so `*` represents no `[]`.
  func matches(_ place: [String]) -> Bool {
    guard place.count == steps.count else { return false }
    return zip(steps, place).allSatisfy { step, name in
      step == name || (step == "*" && name != "[]")
    }
  }
}
