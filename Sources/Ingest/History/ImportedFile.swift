import CloudCosts

/// All that a history keeps of one billing file.
public struct ImportedFile: Sendable {
  public var source: HistorySource
  public var series: [HistorySeries]
  public var costs: [HistoryCost]
  public var commitments: [HistoryCommitment]
  /// What they spent on other things than machines.
  public var otherUse: [HistoryOtherUse] = []
  /// By rule, and the file's own.
  public var totals: [HistoryTotal]
  /// Notes and warnings that go with the data wherever they are used.
  public var findings: [Finding]

  public init(
    source: HistorySource, series: [HistorySeries] = [], costs: [HistoryCost] = [],
    commitments: [HistoryCommitment] = [], totals: [HistoryTotal] = [], findings: [Finding] = []
  ) {
    self.source = source
    self.series = series
    self.costs = costs
    self.commitments = commitments
    self.totals = totals
    self.findings = findings
  }
}
