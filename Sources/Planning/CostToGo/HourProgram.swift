import MIP

/// One hour's allocation as a linear program: for small models, where the hour oracle's own
/// allocation is not the optimum.
///
///     min   Σ_g p_g od_g − Σ_k ν_k Σ_g a_kg cov_kg
///     s.t.  od_g + Σ_k cov_kg  =  d_g        every g
///           Σ_g a_kg cov_kg    ≤  Q_k        every k
struct HourProgram {
  private var program = Program("hour")
  private var left: [VariableID] = []
  private var used: [[MIP.Term]] = []

  /// - Parameter covers: for each SKU, the pools that cover it, with the use.
  init(
    demand: [Double], capacity: [Double], _ charges: HourOracle.Charges,
    covers: (Int) -> [(pool: Int, use: Double)]
  ) {
    used = capacity.map { _ in [] }
    for (g, demand) in demand.enumerated() {
      left.append(program.addVariable("od", cost: charges.price[g]))
      var row = [MIP.Term(1, left[g])]
      for (k, use) in covers(g) {
        let cov = program.addVariable("cov", cost: -charges.reward[k] * use)
        row.append(MIP.Term(1, cov))
        used[k].append(MIP.Term(use, cov))
      }
      program.addRow("demand", row, lower: demand, upper: demand)
    }
    for (k, terms) in used.enumerated() { program.addRow("capacity", terms, upper: capacity[k]) }
  }

  /// What stays on demand of each SKU and what is used of each pool; nil where the solver fails.
  func solution() -> (rest: [Double], used: [Double])? {
    guard let solver = try? Solver(program), let result = try? solver.solveRelaxation(),
      result.status == .optimal
    else { return nil }
    return (
      left.map { max(0, result[$0]) },
      used.map { $0.reduce(0) { $0 + $1.coefficient * max(0, result[$1.variable]) } }
    )
  }
}
