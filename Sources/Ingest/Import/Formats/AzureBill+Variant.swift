import CloudCosts

extension AzureBill {
  /// The actual and the amortised export have the same columns; commitments make the rows differ.
  static let actual = "azure-actual"
  static let amortized = "azure-amortized"

  /// `azure` where no row is of a commitment: then the two exports are the same.
  func variant(of costs: [HistoryCost]) -> String {
    let covered = costs.filter { $0.chargeClass == .covered }
    let isShared =
      costs.contains { $0.chargeClass == .unused } || covered.contains { $0.effective != .zero }
    let isBought = costs.contains { $0.chargeClass == .purchase } || !covered.isEmpty
    return isShared ? AzureBill.amortized : isBought ? AzureBill.actual : name
  }
}
