/// A row of a program or solver. It stays the same row when others are deleted.
package struct RowID: Hashable, Sendable {
  package let index: Int

  package init(index: Int) {
    self.index = index
  }
}

/// A coefficient times a variable.
package struct Term: Hashable, Sendable {
  package var variable: VariableID
  package var coefficient: Double

  package init(_ coefficient: Double, _ variable: VariableID) {
    self.variable = variable
    self.coefficient = coefficient
  }
}

/// A linear constraint `lower ≤ Σ terms ≤ upper`; equal bounds make an equation.
package struct Row: Hashable, Sendable {
  package var name: String
  /// Terms of the same variable add up.
  package var terms: [Term]
  package var lower: Double
  package var upper: Double

  package init(
    _ name: String, _ terms: [Term], lower: Double = -.infinity, upper: Double = .infinity
  ) {
    self.name = name
    self.terms = terms
    self.lower = lower
    self.upper = upper
  }

  /// The same constraint with one term a variable, and none of coefficient zero. The order of first
  /// appearance stays, so that texts of equal programs are equal. O(terms).
  var combined: Row {
    var row = self
    var place: [VariableID: Int] = [:]
    row.terms = []
    for term in terms {
      if let known = place[term.variable] {
        row.terms[known].coefficient += term.coefficient
      } else {
        place[term.variable] = row.terms.count
        row.terms.append(term)
      }
    }
    row.terms.removeAll { $0.coefficient == 0 }
    return row
  }

  /// Whether every variable comes after the one before it, as in most rows that a program writes.
  var isCombined: Bool {
    var last = -1
    for term in terms {
      if term.variable.index <= last || term.coefficient == 0 { return false }
      last = term.variable.index
    }
    return true
  }
}
