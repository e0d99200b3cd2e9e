import CloudCosts

/// Purchase recommendations of AWS Cost Optimization Hub: those of Cost Explorer under other names
/// (API reference, `GetRecommendation`, `ResourceDetails`).
extension RecommendationReader {
  /// Kinds of reservations, and what Cost Explorer calls their details.
  private static let reservations = [
    ("ec2ReservedInstances", "EC2InstanceDetails"), ("rdsReservedInstances", "RDSInstanceDetails"),
    ("elastiCacheReservedInstances", "ElastiCacheInstanceDetails"),
    ("openSearchReservedInstances", "ESInstanceDetails"),
    ("redshiftReservedInstances", "RedshiftInstanceDetails"),
    ("memoryDbReservedInstances", "MemoryDBInstanceDetails"),
  ]

  private static let plans = [
    ("computeSavingsPlans", "COMPUTE_SP"), ("ec2InstanceSavingsPlans", "EC2_INSTANCE_SP"),
    ("sageMakerSavingsPlans", "SAGEMAKER_SP"), ("databaseSavingsPlans", "DATABASE_SP"),
  ]

  func recommendationOfHub(_ value: JSONValue, line: Int) {
    isKnown = true
    let action = value["actionType"]?.text ?? ""
    guard action.isEmpty || action.hasPrefix("Purchase") else {
      return leaveAside("the Hub's advice on something else than a purchase")
    }
    saving = value["estimatedMonthlySavings"]?.number.map {
      ($0, value["currencyCode"]?.text ?? currency ?? "")
    }
    let details = value["recommendedResourceDetails"]
    for (name, word) in Self.plans {
      guard let stated = details?[name, "configuration"] else { continue }
      return plansOfAWS(Self.plan(stated, word, value), line: line)
    }
    for (name, node) in Self.reservations {
      guard let stated = details?[name, "configuration"] else { continue }
      return reservationsOfAWS(Self.reservation(stated, node, value), line: line)
    }
    let kind =
      value["recommendedResourceType"]?.text ?? value["currentResourceType"]?.text ?? "something"
    leaveOut(
      "missing-field", line,
      "the Hub recommends \(kind), and its list does not say how much of it",
      "export it with aws cost-optimization-hub get-recommendation --recommendation-id"
        + " \(value["recommendationId"]?.text ?? "ID")")
  }

  /// What a plan is in Cost Explorer's words.
  private static func plan(
    _ stated: JSONValue, _ word: String, _ value: JSONValue
  ) -> JSONValue {
    let detail =
      common(value) + [
        member("HourlyCommitmentToPurchase", stated["hourlyCommitment"]),
        member(
          "SavingsPlansDetails",
          .object([
            member("Region", stated["savingsPlansRegion"]),
            member("InstanceFamily", stated["instanceFamily"]),
          ])),
      ]
    return .object(
      terms(stated, value) + [
        member("SavingsPlansType", .string(word)),
        member("SavingsPlansPurchaseRecommendationDetails", .array([.object(detail)])),
      ])
  }

  /// What a reservation is in Cost Explorer's words.
  private static func reservation(
    _ stated: JSONValue, _ node: String, _ value: JSONValue
  ) -> JSONValue {
    let type = stated["instanceType"]?.text ?? ""
    let parts = type.split(separator: ".").map(String.init)
    let described =
      stated.members + [
        member("Region", stated["reservedInstancesRegion"]),
        member("NodeType", stated["instanceType"]),
        member("InstanceClass", parts.first.map { .string($0) }),
        member("InstanceSize", parts.count > 1 ? .string(parts[1]) : nil),
      ]
    let detail =
      common(value) + [
        member("InstanceDetails", .object([member(node, .object(described))])),
        member(
          "RecommendedNumberOfInstancesToPurchase", stated["numberOfInstancesToPurchase"]),
      ]
    let offeringClass = member(
      "EC2Specification",
      .object([member("OfferingClass", stated["offeringClass"])]))
    return .object(
      terms(stated, value) + [
        member("ServiceSpecification", .object([offeringClass])),
        member("RecommendationDetails", .array([.object(detail)])),
      ])
  }

  private static func terms(_ stated: JSONValue, _ value: JSONValue) -> [JSONValue.Member] {
    let days = value["costCalculationLookbackPeriodInDays"]?.text
    return [
      member("AccountScope", stated["accountScope"]?.text.map { .string($0.uppercased()) }),
      member("TermInYears", stated["term"]), member("PaymentOption", stated["paymentOption"]),
      member("LookbackPeriodInDays", days.map { .string("last \($0) days") }),
    ]
  }

  private static func common(_ value: JSONValue) -> [JSONValue.Member] {
    [
      member("AccountId", value["accountId"]), member("CurrencyCode", value["currencyCode"]),
      member("EstimatedMonthlySavingsAmount", value["estimatedMonthlySavings"]),
    ]
  }

  private static func member(_ key: String, _ value: JSONValue?) -> JSONValue.Member {
    JSONValue.Member(key: key, value: value ?? .null)
  }
}
