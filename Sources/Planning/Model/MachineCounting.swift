import CloudCosts

/// What commitments to Google's machines are counted in. The provider counts vCPUs and memory of a
/// series, each by itself.
package enum MachineCounting: Hashable, Sendable {
  /// Machines of one shape (`ReservationScope.counting`): what a plan buys, less than they cover.
  case shapes
  /// vCPUs and memory, as if each were bought by itself: what plans of machines can cover so can,
  /// so that a bound holds for the bill as well. Purchases name their part (`Purchase.part`).
  case parts
  /// As if vCPUs and memory could replace each other (`ReservationScope.countingGenerously`): for a
  /// bound that holds for the bill where the problem cannot be stated by parts.
  case generously
}

extension PlanningProblem {
  /// Whether each machine that may change becomes one that counts in no more parts.
  package var movesParts: Bool {
    var byParts = self
    byParts.machineCounting = .parts
    return candidates.allSatisfy { candidate in
      let parts = byParts.countedParts(of: candidate.resource.group.sku).count
      return candidate.actions.compactMap(\.target).allSatisfy {
        byParts.countedParts(of: $0).count <= parts
      }
    }
  }

  /// The parts that usage, or a commitment, of a SKU counts as; one nil: it counts whole, as
  /// licences do.
  func countedParts(of sku: SKU) -> [MachinePart?] {
    guard machineCounting == .parts, !sku.isLicence,
      ReservationScope.counting(sku, .processors) != nil
    else { return [nil] }
    return MachinePart.allCases
  }
}

extension MachinePart? {
  /// What of a machine's price is this part's.
  func share(of sku: SKU) -> Double {
    guard let self, let resources = GoogleSizes.resources(of: sku.instanceType) else { return 1 }
    return resources.share(of: self)
  }
}
