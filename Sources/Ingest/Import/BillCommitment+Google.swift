import CloudCosts

extension HistoryCommitment {
  /// Google commits to vCPUs and GiB of a series; here a commitment counts machines. The shape is
  /// the one whose memory for each vCPU is nearest, the size its smallest. `quantity` is vCPUs
  /// before.
  ///
  /// - Parameters:
  ///   - meter: `Commitment v1: N2 Cpu in Americas for 1 Year`.
  ///   - memory: GiB; nil where the bill does not say it.
  mutating func countMachines(meter: String, memory: Double?) {
    guard let processors = quantity, processors > 0 else { return }
    guard let memory, let resource = GoogleResource(description: meter),
      let type = (GoogleMachineTypes.types[resource.series] ?? []).min(by: { a, b in
        let distances = [a, b].map { abs($0.memory / $0.processors - memory / processors) }
        return (distances[0], a.processors, a.name) < (distances[1], b.processors, b.name)
      })
    else {
      quantity = nil
      return
    }
    instanceType = type.name
    operatingSystem = "Linux"
    tenancy = "default"
    quantity = processors / type.processors
  }
}

extension BillCommitment {
  /// `Commitment - dollar based v1: Cloud SQL database us-central1 for 1 year` names the service; that
  /// of machines, which others use too, names Compute Engine.
  static func googlePlan(_ fee: String) -> Product? {
    let fee = fee.lowercased()
    return Product.allCases.first { product in
      product.provider == .gcp && product.isSavingsPlan && product.services.count == 1
        && product.services.allSatisfy { fee.contains($0.title.lowercased()) }
    } ?? .covering(.machines(of: .gcp), money: true)
  }

  /// Commitments of money as what they must be by the usage that they cover: bills of Azure do not
  /// tell a savings plan for databases from one for compute, and fees of Google may not name their
  /// service.
  static func placed(
    _ commitments: [HistoryCommitment], by costs: [HistoryCost]
  ) -> [HistoryCommitment] {
    let plans = Set(commitments.filter { $0.product?.isSavingsPlan == true }.map(\.id))
    guard !plans.isEmpty else { return commitments }
    var covered: [String: Set<SKU>] = [:]
    for cost in costs where cost.chargeClass == .covered && plans.contains(cost.commitment) {
      if let sku = cost.subject.group?.sku { covered[cost.commitment, default: []].insert(sku) }
    }
    return commitments.map { entry in
      guard let skus = covered[entry.id], let product = entry.product,
        !skus.contains(where: product.covers),
        let other = Product.allCases.first(where: { other in
          other.isSavingsPlan && other.provider == product.provider
            && skus.contains(where: other.covers)
        })
      else { return entry }
      var placed = entry
      placed.product = other
      return placed
    }
  }

  /// Costs with the name of what covered them, where only one of the file's commitments can have.
  ///
  /// Since July 2025 Google's usage is billed at the price of a commitment on spend, and may name
  /// no commitment; fees do.
  static func naming(_ commitments: [HistoryCommitment], in costs: [HistoryCost]) -> [HistoryCost] {
    let plans = commitments.filter { $0.provider == "gcp" && $0.category == "Spend" }
    guard let plan = plans.first, plans.count == 1, let product = plan.product else { return costs }
    return costs.map { cost in
      guard cost.chargeClass == .covered, cost.commitment.isEmpty, cost.effective != .zero,
        cost.subject.provider == "gcp", let sku = cost.subject.group?.sku, product.covers(sku)
      else { return cost }
      var named = cost
      named.commitment = plan.id
      return named
    }
  }
}
