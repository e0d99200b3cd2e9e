import CloudCosts

extension ApplicationTier {
  /// The rule behind a turn of this tier, in words for a person from finance.
  func rule(
    _ turn: Audience.Turn, of commitment: Commitment, _ sharing: Sharing
  ) -> ApplicationRule {
    let provider = commitment.terms.product.provider ?? .aws
    return ApplicationRule(
      tier: title(provider), audience: audience(turn, commitment, sharing), order: order(provider),
      source: source(provider))
  }

  private func title(_ provider: Provider) -> String {
    switch (self, provider) {
    case (.zonalReservation, _): "zonal reserved instances"
    case (.reservation, .aws): "regional reserved instances"
    case (.reservation, .azure): "reservations"
    case (.reservation, .gcp): "resource-based commitments"
    case (.narrowPlan, .gcp): "commitments to one service in one region"
    case (.narrowPlan, _): "EC2 Instance savings plans"
    case (.widePlan, .gcp): "flexible commitments"
    case (.widePlan, _): "Compute, SageMaker and Database savings plans"
    case (.azureThreeYearPlan, _): "three-year savings plans"
    case (.azureOneYearPlan, _): "one-year savings plans"
    }
  }

  private func audience(
    _ turn: Audience.Turn, _ commitment: Commitment, _ sharing: Sharing
  ) -> String {
    let organisation =
      sharing.off.isEmpty ? "the organisation" : "the accounts of the organisation that share"
    return switch (turn, commitment.terms.product.provider ?? .aws) {
    case (.owner, .aws) where commitment.reach == .account: "the owner's usage only"
    case (.owner, .aws): "the owner's usage first"
    case (.owner, _): "its own account's usage only"
    case (.group, .aws):
      commitment.reach.groupName.map { "then the accounts of the group \($0)" }
        ?? "then its owner's sharing group"
    case (.group, _): "the usage of its group"
    case (.rest, .aws) where commitment.account.isEmpty:
      "usage of \(organisation) (it names no owner)"
    case (.rest, .aws): "then the rest of \(organisation)"
    case (.rest, _): "all accounts"
    }
  }

  private func order(_ provider: Provider) -> String {
    switch self {
    case .zonalReservation: "same zone, type, system and tenancy"
    case .reservation:
      provider == .gcp
        ? "same series; vCPUs and memory each by itself"
        : "smallest size first, counted in units of size"
    default: "highest saving first; of equal savings the lowest rate"
    }
  }

  private func source(_ provider: Provider) -> String {
    switch (self, provider) {
    case (.zonalReservation, _), (.reservation, .aws):
      "Amazon EC2 User Guide, How Reserved Instances are applied"
    case (.narrowPlan, .aws), (.widePlan, .aws):
      "AWS Savings Plans User Guide, How Savings Plans apply to your usage"
    case (_, .gcp): "Google Cloud, Committed use discounts"
    case (.reservation, _): "Microsoft Learn, How a reservation discount is applied"
    default: "Microsoft Learn, How an Azure savings plan discount is applied"
    }
  }
}
