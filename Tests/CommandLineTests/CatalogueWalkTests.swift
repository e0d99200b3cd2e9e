import Foundation
import Testing

/// Every product of the catalogue is bought, billed, explained, exported and read back once.
///
/// The products are the rows of the catalogue's own file: a new row without a sample of its service
/// fails.
@Suite struct CatalogueWalkTests {
  struct ProductRow: CustomTestStringConvertible {
    var fields: [String: String]
    var testDescription: String { self["name"] }
    subscript(column: String) -> String { fields[column] ?? "" }
    func first(_ column: String) -> String {
      self[column].split(separator: ";").first.map(String.init) ?? ""
    }
  }

  static let products: [ProductRow] = table("products").filter { $0["name"] != "on-demand" }
  static let services = Dictionary(
    uniqueKeysWithValues: table("services").map { ($0["name"], $0) })

  private static func table(_ name: String) -> [ProductRow] {
    let file = Workplace.scenarios.deletingLastPathComponent()
      .appending(path: "Sources/CloudCosts/Data/\(name).csv")
    let lines = ((try? String(contentsOf: file, encoding: .utf8)) ?? "")
      .split(separator: "\n").filter { !$0.hasPrefix("#") }
    let header = lines.first?.split(separator: ",").map(String.init) ?? []
    return lines.dropFirst().map { line in
      let fields = line.split(
        separator: ",", maxSplits: header.count - 1, omittingEmptySubsequences: false)
      return ProductRow(
        fields: Dictionary(
          zip(header, fields.map(String.init)), uniquingKeysWith: { first, _ in first }))
    }
  }

  /// A type of each service, and its engine; of a product where it is for others of them.
  private static let samples: [String: (type: String, engine: String)] = [
    "ec2": ("m5.large", "Linux"), "azure-vm": ("Standard_D2s_v5", "Linux"),
    "gce": ("e2-standard-4", "Linux"), "rds": ("db.r6g.large", "PostgreSQL"),
    "elasticache": ("cache.r6g.large", "Redis"), "memorydb": ("db.r6g.large", "Redis"),
    "opensearch": ("r6g.large.search", "Linux"), "redshift": ("ra3.4xlarge", "Linux"),
    "dynamodb": ("WCU", "Linux"), "sagemaker": ("ml.m5.large", "Linux"),
    "azure-sql": ("vCore", "Linux"), "cloud-sql": ("vCPU", "Linux"), "alloydb": ("vCPU", "Linux"),
    "ri-redshift-serverless": ("RPU", "Linux"),
    "spanner": ("node", "Linux"), "memorystore": ("GB", "Linux"),
  ]

  private static let units = 200.0
  private static let hours = 48

  /// A workplace where nothing but this product is on sale.
  private func place(_ product: ProductRow) throws -> Workplace {
    let service = product.first("services")
    let sample = try #require(
      Self.samples[product["name"]] ?? Self.samples[service], "\(service) has no sample")
    let payment = product.first("payments")
    let place = try Workplace()
    let what = "\(product["provider"]),r1,\(service),\(sample.type),\(sample.engine)"
    var usage = "timestamp,provider,region,service,instance_type,operating_system,quantity\n"
    for hour in 0..<Self.hours {
      usage += "2024-01-\(15 + hour / 24)T\(hour % 24 < 10 ? "0" : "")\(hour % 24):00:00Z,"
      usage += "\(what),\(Self.units)\n"
    }
    try place.write(usage, to: "usage.csv")
    // 0.6 an hour, whatever is paid when.
    let isUnits = product["shape"] == "quantity"
    let upfront = isUnits && payment != "no-upfront" ? 0.1 * 8760 : 0
    try place.write(
      """
      provider,region,service,instance_type,operating_system,product,term_years,payment,upfront,hourly
      \(what),on-demand,,,,1
      \(what),\(product["name"]),1,\(payment),\(upfront),\(upfront > 0 ? 0.5 : 0.6)

      """, to: "prices.csv")
    try place.write(
      """
      name: walk
      usage: usage.csv
      prices: prices.csv
      compare: [on-demand, committed]

      """, to: "scenario.yaml")
    return place
  }

  @Test(arguments: products)
  func isBoughtBilledExplainedExportedAndReadBack(_ product: ProductRow) throws {
    let place = try place(product)
    defer { place.close() }
    let run = try place.run("run", ".", "--out", "out", "--json")
    #expect(run.status == 0, "\(run.errors)")
    let outcome = try Outcomes(of: JSONValue(parsing: run.output)["runs"].list()[0])
    let purchases = try outcome["committed"]["plan"]["purchases"].list()
    try #require(purchases.count == 1)
    let purchase = purchases[0]
    #expect(try purchase["product"].text() == product["name"])
    let expected = Self.units * Double(Self.hours) * 0.6
    #expect(abs(try outcome.cost("committed") - expected) < 0.01)
    let isUnits = product["shape"] == "quantity"
    let amount = try purchase[isUnits ? "quantity" : "hourly_commitment"].number()
    #expect(abs(amount - (isUnits ? Self.units : Self.units * 0.6)) < 1e-6)

    let verified = try place.run("verify", "out/plan.json")
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")

    let explained = try place.run(
      "explain", ".", "--hour", "2024-01-15T13:00Z", "--outcome", "committed", "--plan",
      "out/plan.json", "--json")
    #expect(explained.status == 0, "\(explained.errors)")
    #expect(explained.output.contains(product["name"]))

    try checkExports(product, place)
    try checkComesBack(product, expected, place)
    try checkReadBack(product, purchase, expected, place)
  }

  private func checkExports(_ product: ProductRow, _ place: Workplace) throws {
    let script = try place.run("export", "--plan", "out/plan.json", "--format", "commands")
    #expect(script.status == 0)
    let interface = product["api"].split(separator: ":").first.map(String.init) ?? ""
    let isCalled = interface != "console"
    let command = ["azure": "az billing-benefits ", "gcp": "gcloud compute commitments create "]
    #expect(script.output.contains(command[interface] ?? "aws \(interface) ") == isCalled)
    #expect(script.output.contains("by_hand '1 (") == !isCalled)

    let focus = try place.run("export", "--plan", "out/plan.json", "--format", "focus")
    #expect(focus.status == 0, "\(focus.errors)")
    #expect(focus.output.contains(product["title"]))
    let service = try #require(Self.services[product.first("services")])
    #expect(focus.output.contains(service["focus"]))
  }

  /// What a plan costs and covers, by kind of commitment, comes back out of its FOCUS file.
  private func checkComesBack(
    _ product: ProductRow, _ expected: Double, _ place: Workplace
  ) throws {
    let exported = try place.run(
      "export", "--plan", "out/plan.json", "--format", "focus", "--per", "hour", "--outcome",
      "committed", "--out", "bill.csv")
    #expect(exported.status == 0, "\(exported.errors)")
    let imported = try place.run("import", "bill.csv", "--into", "history.db")
    #expect(imported.status == 0, "\(imported.errors)")
    let read = try JSONValue(parsing: place.run("inform", "history.db", "--json").output)
    #expect(abs(try read["total"]["effective"].number() - expected) < 0.01)
    let kinds = try read["coverage_by_commitment"].list()
    #expect(try kinds.map { try $0["product"].text() } == [product["name"]])
    // All of the usage, at 1 an hour.
    let used = Self.units * Double(Self.hours)
    #expect(try kinds.allSatisfy { abs(try $0["covered"].number() - used) < 0.01 })
    #expect(try read["total"]["coverage"].number() == 1)
  }

  /// What was bought, as owned: it costs and covers the same.
  private func checkReadBack(
    _ product: ProductRow, _ purchase: JSONValue, _ expected: Double, _ place: Workplace
  ) throws {
    func text(_ key: String) -> String { (try? purchase[key].text()) ?? "" }
    func number(_ key: String) -> String { (try? purchase[key].number()).map { "\($0)" } ?? "" }
    let isUnits = product["shape"] == "quantity"
    let upfront = try isUnits ? purchase["upfront"].number() / Self.units : 0
    let prices = isUnits ? "\(upfront),\(upfront > 0 ? 0.5 : 0.6)" : ","
    try place.write(
      """
      id,provider,region,instance_type,operating_system,product,term_years,payment,quantity,\
      hourly_commitment,upfront,hourly,start,end
      x,\(text("provider")),\(text("region")),\(text("instance_type")),\(text("operating_system")),\
      \(text("product")),1,\(text("payment")),\(number("quantity")),\(number("hourly_commitment")),\
      \(prices),\(text("start")),\(text("end"))

      """, to: "owned.csv")
    try place.write(
      place.text("scenario.yaml").replacing(
        "compare: [on-demand, committed]", with: "owned: owned.csv\ncompare: [on-demand, current]"),
      to: "scenario.yaml")
    let run = try place.run("run", ".", "--json")
    #expect(run.status == 0, "\(run.errors)")
    let outcome = try Outcomes(of: JSONValue(parsing: run.output)["runs"].list()[0])
    #expect(abs(try outcome.cost("current") - expected) < 0.01)
  }
}
