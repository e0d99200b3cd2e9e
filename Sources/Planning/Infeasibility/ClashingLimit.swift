import CloudCosts

/// A limit of a policy that no plan keeps together with others, and how far it would have to give way.
public struct ClashingLimit: Hashable, Sendable {
  /// The row's name: the policy key, and what it is about where there are several rows of one key.
  public var row: String
  /// As the policy sets it; nil where the key is not one number.
  public var value: Double?
  /// The nearest value with which a plan exists while all other limits stay; nil where that is not known.
  public var nearest: Double?
  /// What the best plan costs with that, in currency units over the window.
  public var cost: Double?

  public init(row: String, value: Double? = nil, nearest: Double? = nil, cost: Double? = nil) {
    self.row = row
    self.value = value
    self.nearest = nearest
    self.cost = cost
  }

  /// The policy key.
  public var key: String { row.split(separator: " ").first.map(String.init) ?? row }
}
