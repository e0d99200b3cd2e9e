import MIP

@testable import Planning

/// One hour's allocation as a linear program: the reference for `HourOracle`.
///
///     min   Σ_g p_g od_g
///     s.t.  od_g + Σ_k cov_kg  ≥  d_g        every g
///           Σ_g a_kg cov_kg    ≤  Q_k        every k
enum HourProgram {
  static func optimum(_ model: Model, demand: [Double], capacity: [Double]) throws -> Double {
    var program = Program("hour")
    var rows = model.price.map { [Term(1, program.addVariable("od", cost: $0))] }
    for (k, pool) in model.pools.enumerated() {
      let used = pool.members.map { member in
        let cov = program.addVariable("cov")
        rows[member.sku].append(Term(1, cov))
        return Term(member.use, cov)
      }
      _ = program.addRow("capacity", used, upper: capacity[k])
    }
    for (g, row) in rows.enumerated() { _ = program.addRow("demand", row, lower: demand[g]) }
    return try Solver(program).solveRelaxation().objective
  }
}
