import CloudCosts

/// Something that is to be done about a purchase, and by when.
package struct LedgerTask: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// To be approved or rejected before it is to begin.
    case approve
    case buy
    /// The last hour in which it can be returned.
    case returnBy = "return-by"
    /// To look again whether it pays.
    case review
    case ends
  }

  package var kind: Kind
  package var purchase: PurchaseID
  package var by: Hour
  /// Whether that hour is past.
  package var isOverdue: Bool

  package init(kind: Kind, purchase: PurchaseID, by: Hour, isOverdue: Bool) {
    self.kind = kind
    self.purchase = purchase
    self.by = by
    self.isOverdue = isOverdue
  }
}

extension LedgerContents {
  /// What is to be done, the most urgent first.
  ///
  /// - Parameters:
  ///   - now: the hour it is.
  ///   - days: how far to look ahead; nil: without end.
  package func queue(at now: Hour, within days: Int? = nil) -> [LedgerTask] {
    let tasks = entries.flatMap { $0.tasks(at: now) }
    let end = days.map { now + $0 * 24 }
    return tasks.filter { task in end.map { task.by <= $0 } ?? true }
      .sorted { ($0.by, $0.purchase, $0.kind.rawValue) < ($1.by, $1.purchase, $1.kind.rawValue) }
  }
}

extension LedgerEntry {
  fileprivate func tasks(at now: Hour) -> [LedgerTask] {
    func task(_ kind: LedgerTask.Kind, _ hour: Hour) -> LedgerTask {
      LedgerTask(kind: kind, purchase: id, by: hour, isOverdue: hour < now)
    }
    switch state {
    case .proposed: return [task(.approve, planned.start)]
    case .approved: return [task(.buy, planned.start)]
    case .rejected, .returned, .expired: return []
    case .bought:
      guard let bought = bought() else { return [] }
      var tasks = [task(.ends, bought.end)]
      if let until = returnableUntil, until > now { tasks.append(task(.returnBy, until)) }
      let review = review + (bought.start - planned.start)
      if review > now, review < bought.end { tasks.append(task(.review, review)) }
      return tasks
    }
  }
}
