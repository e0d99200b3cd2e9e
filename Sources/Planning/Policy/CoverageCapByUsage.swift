import CloudCosts

/// `max_coverage_by`: θ_c ≥ (1 − f_c) (D_c + Σ_ia ΔD_iac z_ia) + N_c + Σ_ia ΔN_iac z_ia for every
/// family and every account c that is named.
///
/// As the coverage cap, for the usage of one instance family or of one account alone; raised in the
/// same way where owned commitments alone cover more. A family or account without usage has no row.
func coverageCaps(_ policy: Policy, _ model: Model) -> [PolicyRow] {
  model.parts(of: policy.maxCoverageBy).filter { $0.share < 1 }.flatMap {
    coverageCap($0.share, of: $0.part, named: "max_coverage_by \($0.part)", model)
  }
}
