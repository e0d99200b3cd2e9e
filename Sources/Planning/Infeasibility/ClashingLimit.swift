import CloudCosts

/// A limit of a policy that no plan keeps together with others, and how far it would have to give
/// way.
package struct ClashingLimit: Hashable, Sendable {
  /// The row's name: the policy key, and what it is about where there are several rows of one key.
  package var row: String
  /// As the policy sets it; nil where the key is not one number.
  package var value: Double?
  /// A value with which a plan was found while all other limits stay, the nearest that time allowed
  /// to look for; nil where none was found.
  package var nearest: Double?
  /// What that plan costs, in currency units over the window.
  package var cost: Double?

  package init(row: String, value: Double? = nil, nearest: Double? = nil, cost: Double? = nil) {
    self.row = row
    self.value = value
    self.nearest = nearest
    self.cost = cost
  }

  /// The number that can give way; nil where the row is about none.
  package var knob: PolicyKnob? { PolicyKnob(row: row) }
  /// The policy key.
  package var key: String { row.split(separator: " ").first.map(String.init) ?? row }
}
