/// A variable of a program or solver; its index counts from zero in the order of adding.
public struct VariableID: Hashable, Sendable {
  public let index: Int

  public init(index: Int) {
    self.index = index
  }
}

/// Which values a variable may take between its bounds.
public enum Domain: Hashable, Sendable {
  case continuous
  case integer
  /// An integer of 0 or 1.
  case binary
}

/// A variable in plain values.
public struct Variable: Hashable, Sendable {
  public var name: String
  public var lower: Double
  public var upper: Double
  /// What one unit adds to the objective.
  public var cost: Double
  public var domain: Domain

  /// Describes a variable; a binary one keeps the part of its bounds that lies in 0...1.
  public init(
    _ name: String, lower: Double = 0, upper: Double = .infinity, cost: Double = 0,
    domain: Domain = .continuous
  ) {
    self.name = name
    self.lower = domain == .binary ? max(0, lower) : lower
    self.upper = domain == .binary ? min(1, upper) : upper
    self.cost = cost
    self.domain = domain
  }
}
