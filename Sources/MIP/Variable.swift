/// A variable of a program or solver; its index counts from zero in the order of adding.
package struct VariableID: Hashable, Sendable {
  package let index: Int

  package init(index: Int) {
    self.index = index
  }
}

/// Which values a variable may take between its bounds.
package enum Domain: Hashable, Sendable {
  case continuous
  case integer
  /// An integer of 0 or 1.
  case binary
}

/// A variable in plain values.
package struct Variable: Hashable, Sendable {
  package var name: String
  package var lower: Double
  package var upper: Double
  /// What one unit adds to the objective.
  package var cost: Double
  package var domain: Domain

  /// Describes a variable; a binary one keeps the part of its bounds that lies in 0...1.
  package init(
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
