import CloudCosts

/// `min_coverage_by`: θ_c ≤ (1 − f_c) (D_c + Σ_ia ΔD_iac z_ia) + N_c + Σ_ia ΔN_iac z_ia for every
/// family and every account c that is named.
///
/// As the coverage floor, for the usage of one instance family or of one account alone. A family or
/// account without usage has no row.
func coverageFloors(_ policy: Policy, _ model: Model) -> [PolicyRow] {
  model.parts(of: policy.minCoverageBy).filter { $0.share > 0 }.map {
    coverageFloor($0.share, of: $0.part, named: "min_coverage_by \($0.part)", model)
  }
}
