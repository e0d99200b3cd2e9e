import CloudCosts
import Ingest
import Scenarios

/// What `plimsoll inform --json` prints: an overview of a history as plain numbers and texts.
package struct InformDocument: Encodable {
  /// A part of the bill, or all of it.
  package struct Slice: Encodable {
    var name: String
    var instance_hours: Double
    @JSONNumber var list: Money
    @JSONNumber var effective: Money
    @JSONNumber var billed: Money
    @JSONNumber var on_demand: Money
    @JSONNumber var covered: Money
    @JSONNumber var unused: Money
    @JSONNumber var other: Money
    var coverage: Double?
    var utilization: Double?
    var vacancy: Double?
    var effective_savings_rate: Double?

    init(_ slice: CostSlice) {
      name = slice.name
      instance_hours = RunDocument.rounded(slice.instanceHours)
      list = slice.list
      effective = slice.effective
      billed = slice.billed
      on_demand = slice.uncovered
      covered = slice.covered
      unused = slice.unused
      other = slice.other
      coverage = slice.coverage.map(RunDocument.rounded)
      utilization = slice.utilization.map(RunDocument.rounded)
      vacancy = slice.vacancy.map(RunDocument.rounded)
      effective_savings_rate = slice.effectiveSavingsRate.map(RunDocument.rounded)
    }
  }

  /// How much of what a kind of commitment may cover it covers, at list prices.
  struct Kind: Encodable {
    var product: Product
    @JSONNumber var covered: Money
    @JSONNumber var eligible: Money
    var coverage: Double?
  }

  struct Breakdown: Encodable {
    var by: String
    var tag: String?
    var slices: [Slice]
  }

  struct Expiry: Encodable {
    var id: String
    var name: String
    var account: String
    var product: String
    var end: String
    var hourly: Double
  }

  struct Uncovered: Encodable {
    var account: String
    var region: String
    var instance_type: String
    var operating_system: String
    var tenancy: String
    var instance_hours: Double
    @JSONNumber var cost: Money
    var floor: Double
  }

  struct Unrealized: Encodable {
    var account: String
    var region: String
    var instance_type: String
    var operating_system: String
    var tenancy: String
    var machines: Double
    var on_demand: Double
    var product: Product
    var term_years: Int
    var payment: PaymentOption
    var committed: Double
    @JSONNumber var yearly: Money
  }

  struct Anomaly: Encodable {
    var day: String
    var subject: String
    @JSONNumber var usage: Money
    @JSONNumber var expected: Money
    /// Null where the series has no noise at all.
    var deviations: Double?
  }

  var history: String
  var currency: String
  var window: RunDocument.Window
  var files: Int
  var total: Slice
  var breakdowns: [Breakdown]
  /// By what commitments cover.
  var coverage: [Slice]
  var coverage_by_commitment: [Kind]
  var expiring: [Expiry]
  var uncovered: [Uncovered]
  /// Absent where no price file was given.
  var unrealized_savings: [Unrealized]?
  var anomalies: [Anomaly]
  var findings: [RunDocument.Note]

  package init(_ overview: HistoryOverview) {
    history = overview.path
    currency = overview.currency
    window = RunDocument.Window(
      from: overview.window.start.iso8601, to: overview.window.end.iso8601)
    files = overview.sources.count
    total = Slice(overview.total)
    breakdowns = overview.breakdowns.map {
      Breakdown(by: $0.dimension.rawValue, tag: $0.tag, slices: $0.slices.map(Slice.init))
    }
    coverage = overview.coverage.map(Slice.init)
    coverage_by_commitment = overview.kinds.map {
      Kind(
        product: $0.product, covered: $0.covered, eligible: $0.covered + $0.onDemand,
        coverage: $0.coverage.map(RunDocument.rounded))
    }
    expiring = overview.expiring.map {
      Expiry(
        id: $0.id, name: $0.name, account: $0.account, product: $0.product, end: $0.end.iso8601,
        hourly: RunDocument.rounded($0.hourly))
    }
    uncovered = overview.uncovered.map {
      Uncovered(
        account: $0.group.account, region: $0.group.sku.region,
        instance_type: $0.group.sku.instanceType, operating_system: $0.group.sku.operatingSystem,
        tenancy: $0.group.sku.tenancy,
        instance_hours: RunDocument.rounded($0.instanceHours), cost: $0.cost,
        floor: RunDocument.rounded($0.floor))
    }
    unrealized_savings = overview.unrealized?.map {
      Unrealized(
        account: $0.group.account, region: $0.group.sku.region,
        instance_type: $0.group.sku.instanceType, operating_system: $0.group.sku.operatingSystem,
        tenancy: $0.group.sku.tenancy,
        machines: RunDocument.rounded($0.machines), on_demand: $0.onDemand,
        product: $0.terms.product, term_years: $0.terms.term.years, payment: $0.terms.payment,
        committed: RunDocument.rounded($0.committed), yearly: Money(rounding: $0.yearly))
    }
    anomalies = overview.anomalies.map {
      Anomaly(
        day: InformText.day($0.day), subject: $0.subject, usage: $0.usage, expected: $0.expected,
        deviations: $0.deviations.isFinite ? ($0.deviations * 10).rounded() / 10 : nil)
    }
    findings = overview.findings.map(RunDocument.Note.init)
  }

  package func json() throws -> String { try OrderedJSON.text(self) }
}
