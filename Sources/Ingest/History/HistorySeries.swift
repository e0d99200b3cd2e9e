import CloudCosts

/// How much of a group ran, hour by hour, as one file tells it.
public struct HistorySeries: Hashable, Sendable {
  public var group: UsageGroup
  /// The hour of the first quantity.
  public var start: Hour
  /// Instance-hours, an hour each; negative where a correction in this file takes back what another
  /// file charged.
  public var quantities: [Double]
  /// The part of each quantity of which only the day is known: it may have run in any hour of its
  /// row's span. Empty where every row was hourly.
  public var uncertain: [Double]

  public init(group: UsageGroup, start: Hour, quantities: [Double], uncertain: [Double] = []) {
    self.group = group
    self.start = start
    self.quantities = quantities
    self.uncertain = uncertain
  }
}
