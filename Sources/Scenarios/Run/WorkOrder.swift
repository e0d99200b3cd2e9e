import CloudCosts

/// In which order to carry a plan out: resizes before the purchases that count on them.
package struct WorkOrder: Hashable, Sendable {
  package struct Step: Hashable, Sendable {
    /// From 1.
    package var number: Int
    /// On or before this hour.
    package var date: Hour
    /// The machine, or the line of the plan: `buy-1`.
    package var subject: String
    package var isPurchase: Bool
    /// Machines whose change must be done before: the purchase was sized without their old usage,
    /// or with their new one.
    package var waitsFor: [String]
    /// Hours of work.
    package var effort: Double
  }

  package var steps: [Step] = []

  /// Of a month, what is worth most for its work comes first; a purchase comes after the machines
  /// that it waits for.
  package init(_ plan: PlannedOutcome, window: HourWindow) {
    var done: Set<String> = []
    let actions = plan.actions.sorted { a, b in
      let (one, other) = (a.date(window), b.date(window))
      return one != other
        ? one < other
        : (b.worthForWork, a.action.resource.id) < (a.worthForWork, b.action.resource.id)
    }
    var left = actions[...]
    func add(_ action: JudgedAction, to steps: inout [Step]) {
      done.insert(action.action.resource.id)
      steps.append(
        Step(
          number: steps.count + 1, date: action.date(window), subject: action.action.resource.id,
          isPurchase: false, waitsFor: [], effort: action.action.action.effort))
    }
    let purchases = plan.purchases.sorted {
      ($0.purchase.commitment.start, $0.order, $0.purchase.commitment.id)
        < ($1.purchase.commitment.start, $1.order, $1.purchase.commitment.id)
    }
    for purchase in purchases {
      let commitment = purchase.purchase.commitment
      while let next = left.first, next.date(window) <= commitment.start {
        add(next, to: &steps)
        left.removeFirst()
      }
      let waits = plan.actions.filter {
        done.contains($0.action.resource.id) && commitment.isAbout($0.action)
      }
      steps.append(
        Step(
          number: steps.count + 1, date: commitment.start, subject: commitment.id,
          isPurchase: true, waitsFor: waits.map(\.action.resource.id).sorted(), effort: 0))
    }
    for action in left { add(action, to: &steps) }
  }
}

extension JudgedAction {
  func date(_ window: HourWindow) -> Hour { action.action.start ?? window.start }

  fileprivate var worthForWork: Double {
    (worth ?? savings).value / max(0.1, action.action.effort)
  }
}

extension Commitment {
  /// Whether usage that an action takes away or brings is of the kind that it covers.
  fileprivate func isAbout(_ action: ChosenAction) -> Bool {
    [action.resource.group.sku, action.action.target].compactMap { $0 }.contains { sku in
      switch subject {
      case .savingsPlan(let scope, _): return scope.contains(sku)
      case .reservation(let reserved, _, _, _, _):
        return ReservationScope.counting(reserved).scope == ReservationScope.counting(sku).scope
      }
    }
  }
}
