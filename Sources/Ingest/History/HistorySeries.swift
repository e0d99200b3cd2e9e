import CloudCosts

/// How much of a group ran, hour by hour, as one file tells it.
package struct HistorySeries: Hashable, Sendable {
  package var group: UsageGroup
  /// The hour of the first quantity.
  package var start: Hour
  /// Instance-hours, an hour each; negative where a correction in this file takes back what another
  /// file charged.
  package var quantities: [Double]
  /// The part of each quantity of which only the day is known: it may have run in any hour of its
  /// row's span. Empty where every row was hourly.
  package var uncertain: [Double]

  package init(group: UsageGroup, start: Hour, quantities: [Double], uncertain: [Double] = []) {
    self.group = group
    self.start = start
    self.quantities = quantities
    self.uncertain = uncertain
  }
}
