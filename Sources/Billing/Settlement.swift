import CloudCosts

extension Judge {
  /// What giving up commitments comes to in a window: what is paid out, in the month in which it
  /// happens, and what it still costs, spread over the life that was left.
  func settlements(in window: HourWindow) -> [BillRow] {
    givenUp.flatMap { entry -> [BillRow] in
      let id = entry.commitment.id
      var rows: [BillRow] = []
      if entry.received != 0, entry.at >= window.start, entry.at < window.end {
        rows.append(
          BillRow(
            kind: .settlement, month: entry.at.month, commitment: id,
            billed: .zero - Money(rounding: entry.received)))
      }
      guard entry.loss != 0 else { return rows }
      for (month, hours) in window.months {
        let part = HourWindow(start: window.start + hours.lowerBound, hours: hours.count)
        let loss = Money(rounding: entry.loss(in: part))
        guard loss != .zero else { continue }
        rows.append(
          BillRow(
            kind: .settlement, month: month, commitment: id, list: loss, effective: loss))
      }
      return rows
    }
  }
}
