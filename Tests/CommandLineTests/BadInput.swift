import Testing

/// A scenario that is wrong in a known way: the shipped `two-hours` with a few edits.
struct BadInput: CustomTestStringConvertible {
  /// Also the name of its golden file.
  var name: String
  var edits: [Edit]

  var testDescription: String { name }

  init(_ name: String, _ edits: Edit...) {
    self.name = name
    self.edits = edits
  }

  static let all = scenarioFile + usage + prices + others + policies + [several]

  private static func policy(_ text: String) -> Edit {
    .replace("scenario.yaml", "policy: {}  ", with: "policy: \(text)")
  }

  private static let scenarioFile = [
    BadInput("unknown-key", .replace("scenario.yaml", "prices: prices", with: "price: prices")),
    BadInput("unknown-policy-key", policy("{max_upfrnt: 10}")),
    BadInput(
      "unknown-override", .append("scenario.yaml", "overrides: {a: {policy.max_upfont: 1}}")),
    BadInput("not-yaml", .append("scenario.yaml", "policy: {")),
    BadInput("missing-scenario", .remove("scenario.yaml")),
    BadInput("empty-scenario", .write("scenario.yaml", "")),
    BadInput("missing-file", .replace("scenario.yaml", "usage: usage", with: "usage: usages")),
    BadInput("directory-as-file", .replace("scenario.yaml", "usage.csv", with: "../two-hours")),
    BadInput(
      "empty-window", .replace("scenario.yaml", "to: 2024-01-01T02", with: "to: 2024-01-01T00")),
    BadInput(
      "window-outside-usage",
      .replace(
        "scenario.yaml", "{from: 2024-01-01T00:00:00Z, to: 2024-01-01T02:00:00Z}",
        with: "{from: 2025-01-01T00:00:00Z, to: 2025-01-01T02:00:00Z}")),
  ]

  private static func usage(_ name: String, _ quantity: String) -> BadInput {
    BadInput(
      name,
      .replace(
        "usage.csv", "01T01:00:00Z,aws,us-east-1,m5.xlarge,1",
        with: "01T01:00:00Z,aws,us-east-1,m5.xlarge,\(quantity)"))
  }

  private static func timestamp(_ name: String, _ timestamp: String) -> BadInput {
    BadInput(
      name,
      .replace(
        "usage.csv", "2024-01-01T01:00:00Z,aws,us-east-1,m5.xlarge",
        with: "\(timestamp),aws,us-east-1,m5.xlarge"))
  }

  private static let usage = [
    BadInput("empty-usage", .write("usage.csv", "")),
    BadInput("header-only-usage", .write("usage.csv", "timestamp,provider,region,instance_type\n")),
    BadInput(
      "no-usage-rows", .write("usage.csv", "timestamp,provider,region,instance_type,quantity\n")),
    BadInput("missing-column", .replace("usage.csv", "quantity", with: "amount")),
    BadInput(
      "zero-usage",
      .write(
        "usage.csv",
        """
        timestamp,provider,region,instance_type,quantity
        2024-01-01T00:00:00Z,aws,us-east-1,m5.large,0
        2024-01-01T01:00:00Z,aws,us-east-1,m5.large,0

        """)),
    usage("non-number", "many"),
    usage("negative-quantity", "-1"),
    usage("nan-quantity", "NaN"),
    usage("infinite-quantity", "inf"),
    usage("absurd-quantity", "1e30"),
    timestamp("out-of-order", "2023-12-31T23:00:00Z"),
    timestamp("not-utc", "2024-01-01T01:00:00+02:00"),
    timestamp("no-zone", "2024-01-01T01:00:00"),
    timestamp("half-hour", "2024-01-01T01:30:00Z"),
    timestamp("no-such-day", "2024-02-30T01:00:00Z"),
    BadInput(
      "duplicate-hour", .append("usage.csv", "2024-01-01T01:00:00Z,aws,us-east-1,m5.xlarge,2")),
    BadInput("too-few-fields", .append("usage.csv", "2024-01-01T01:00:00Z,aws")),
    BadInput(
      "false-gzip", .write("usage.csv.gz", "no gzip"),
      .replace("scenario.yaml", "usage.csv", with: "usage.csv.gz")),
  ]

  private static let prices = [
    BadInput(
      "unknown-product",
      .replace("prices.csv", "ri-standard", with: "ri-standart")),
    BadInput(
      "missing-price",
      .replace(
        "prices.csv", "aws,eu-west-1,m5.large,Linux,default,on-demand,,,0,0.12,2,8\n", with: "")),
    BadInput(
      "unknown-instance-type",
      .append("usage.csv", "2024-01-01T01:00:00Z,aws,us-east-1,m5.xlarg,2")),
    BadInput("plan-above-on-demand", .replace("prices.csv", "0,0.14,4", with: "0,0.24,4")),
    BadInput(
      "duplicate-price",
      .append("prices.csv", "aws,eu-west-1,m5.large,Linux,default,on-demand,,,0,0.13,2,8")),
    BadInput("negative-price", .replace("prices.csv", "0,0.20,4", with: "0,-0.20,4")),
  ]

  private static let others = [
    BadInput("owned-ends-before-start", .replace("owned.csv", "2024-06-30", with: "2022-06-30")),
    BadInput(
      "duplicate-measurement", .append("utilization.csv", "2024-01-01T01:00:00Z,api,58,41,54,50")),
    BadInput(
      "more-machines-than-usage",
      .append("resources.csv", "twin,aws,,us-east-1,m5.xlarge,Linux,default"),
      .append("utilization.csv", "2024-01-01T01:00:00Z,twin,10,5,10,5")),
  ]

  private static let policies = [
    BadInput("coverage-without-money", policy("{min_coverage: 0.9, max_hourly_commitment: 0.01}")),
    BadInput(
      "coverage-without-offers",
      .replace("scenario.yaml", "[ri-standard, sp-compute]", with: "[ri-convertible]"),
      policy("{min_coverage: 0.5}")),
    BadInput(
      "coverage-without-cash",
      .replace("scenario.yaml", "payments: [no-upfront]", with: "payments: [all-upfront]"),
      policy("{min_coverage: 0.5, max_upfront: 0}")),
    BadInput("floor-above-cap", policy("{min_coverage: 0.9, max_coverage: 0.5}")),
    BadInput("coverage-above-one", policy("{min_coverage: 1.5}")),
  ]

  /// Mistakes in three files at once: all of them are reported.
  private static let several = BadInput(
    "several-at-once",
    policy("{max_upfrnt: 10}"),
    .replace("usage.csv", "m5.large,2", with: "m5.large,-2"),
    .replace("usage.csv", "eu-west-1,m5.large,1", with: "eu-west-1,m5.large,x"),
    .replace("prices.csv", "ri-standard", with: "ri-standart"),
    .replace("prices.csv", "0,0.14,4", with: "0,0.24,4"),
    .replace("owned.csv", "partial-upfront", with: "some-upfront"),
    .replace("utilization.csv", "web,30,12", with: "web,30%,12"))
}
