import CloudCosts

extension PlanFindings {
  /// Plans and bills go by the sharing that is in force.
  static func sharing(_ sharing: Sharing) -> Finding {
    let google = sharing.google == .project ? "Google's without discount sharing" : nil
    let amazon =
      sharing.isDefault
      ? nil
      : "\(sharing.mode.rawValue) sharing"
        + (sharing.off.isEmpty ? "" : " with \(sharing.off.count) account(s) apart")
    return Finding(
      .note, rule: "plan.sharing", place: "sharing",
      message: "Plans, bounds and bills go by "
        + [amazon, google].compactMap { $0 }.joined(separator: " and ")
        + ": each purchase serves the accounts that its buyer's sharing reaches.",
      remedy: "Make each purchase in the account that the plan names.")
  }

  /// Purchases for several projects of Google, where nothing says whether projects share them; nil:
  /// none.
  static func googleSharing(
    _ plan: PlannedOutcome, _ inputs: ScenarioInputs, place: String, text: (Money) -> String
  ) -> Finding? {
    let projects = Set(
      inputs.demand.groups.filter { $0.sku.provider == .gcp }.map(\.account))
    let bought = plan.purchases.map(\.purchase.commitment).filter {
      $0.terms.product.provider == .gcp && $0.terms.product.isReservation
    }
    guard inputs.sharing.google == nil, projects.count > 1, !bought.isEmpty else { return nil }
    let hourly = bought.reduce(0) { $0 + $1.effectiveHourly }
    return Finding(
      .warning, rule: "plan.google-sharing", place: place,
      message:
        "Resource-based commitments of \(text(Money(rounding: hourly))) an hour count for all"
        + " \(projects.count) projects, and Google lets them serve others than their own only where"
        + " discount sharing is on, which it is not by default for billing accounts opened before"
        + " 2026-06-16.",
      remedy: "Write sharing: {google: project} or sharing: {google: billing-account} into the"
        + " scenario; the console shows which, under Committed use discounts, Discount sharing.")
  }
}
