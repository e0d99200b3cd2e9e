/// A linear or integer program that minimises its cost, in plain values: no solver is in it, so it
/// can be built anywhere, sent, compared and printed.
package struct Program: Hashable, Sendable {
  package var name: String
  package private(set) var variables: [Variable] = []
  package private(set) var rows: [Row] = []

  package init(_ name: String = "") {
    self.name = name
  }

  /// Adds a variable and answers its identity. Names need not be unique, nor plain.
  @discardableResult
  package mutating func addVariable(
    _ name: String, lower: Double = 0, upper: Double = .infinity, cost: Double = 0,
    domain: Domain = .continuous
  ) -> VariableID {
    add(Variable(name, lower: lower, upper: upper, cost: cost, domain: domain))
  }

  /// Adds a variable and answers its identity.
  @discardableResult
  package mutating func add(_ variable: Variable) -> VariableID {
    variables.append(variable)
    return VariableID(index: variables.count - 1)
  }

  /// Adds the constraint `lower ≤ Σ terms ≤ upper`; terms of the same variable add up.
  @discardableResult
  package mutating func addRow(
    _ name: String, _ terms: [Term], lower: Double = -.infinity, upper: Double = .infinity
  ) -> RowID {
    add(Row(name, terms, lower: lower, upper: upper))
  }

  /// Adds a constraint and answers its identity.
  @discardableResult
  package mutating func add(_ row: Row) -> RowID {
    rows.append(row.isCombined ? row : row.combined)
    return RowID(index: rows.count - 1)
  }

  /// The variable of that identity, for changing its bounds, cost or domain.
  ///
  /// - Precondition: the identity is one of this program's.
  package subscript(_ id: VariableID) -> Variable {
    get { variables[id.index] }
    set { variables[id.index] = newValue }
  }
}
