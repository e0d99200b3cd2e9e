/// What is on sale, by the name the price files use.
public enum Product: String, Hashable, Sendable, Codable, CaseIterable {
  case onDemand = "on-demand"
  case standardRI = "ri-standard"
  case convertibleRI = "ri-convertible"
  case ec2InstanceSavingsPlan = "sp-ec2-instance"
  case computeSavingsPlan = "sp-compute"
  case sageMakerSavingsPlan = "sp-sagemaker"
  case databaseSavingsPlan = "sp-database"
  case azureReservation = "azure-reservation"
  case azureSavingsPlan = "azure-savings-plan"
  case gcpResourceCUD = "gcp-cud-resource"
  case gcpFlexibleCUD = "gcp-cud-flexible"

  /// Whether it commits to a number of units (a reservation), as opposed to money per hour.
  public var isReservation: Bool {
    switch self {
    case .standardRI, .convertibleRI, .azureReservation, .gcpResourceCUD: true
    case .onDemand, .ec2InstanceSavingsPlan, .computeSavingsPlan, .sageMakerSavingsPlan,
      .databaseSavingsPlan, .azureSavingsPlan, .gcpFlexibleCUD:
      false
    }
  }

  /// Whether it commits to an amount of money per hour.
  public var isSavingsPlan: Bool { self != .onDemand && !isReservation }

  /// Whether it follows usage by itself from one family, size and region to another; a convertible
  /// reservation has to be exchanged.
  public var followsUsage: Bool {
    switch self {
    case .computeSavingsPlan, .sageMakerSavingsPlan, .databaseSavingsPlan, .azureSavingsPlan,
      .gcpFlexibleCUD:
      true
    case .onDemand, .standardRI, .convertibleRI, .ec2InstanceSavingsPlan, .azureReservation,
      .gcpResourceCUD:
      false
    }
  }

  /// The name a person knows it by.
  public var title: String {
    switch self {
    case .onDemand: "On-Demand"
    case .standardRI: "Standard RI"
    case .convertibleRI: "Convertible RI"
    case .ec2InstanceSavingsPlan: "EC2 Instance Savings Plan"
    case .computeSavingsPlan: "Compute Savings Plan"
    case .sageMakerSavingsPlan: "SageMaker Savings Plan"
    case .databaseSavingsPlan: "Database Savings Plan"
    case .azureReservation: "Azure Reservation"
    case .azureSavingsPlan: "Azure savings plan"
    case .gcpResourceCUD: "Resource-based CUD"
    case .gcpFlexibleCUD: "Flexible CUD"
    }
  }
}

/// When a commitment is paid.
public enum PaymentOption: String, Hashable, Sendable, Codable, CaseIterable {
  case noUpfront = "no-upfront"
  case partialUpfront = "partial-upfront"
  case allUpfront = "all-upfront"

  /// The share of a savings plan's whole commitment that is paid on the first day. Source: AWS
  /// Savings Plans user guide, "Payment options": partial upfront pays half. Reservations state
  /// their upfront price instead.
  public var savingsPlanUpfrontShare: Double {
    switch self {
    case .noUpfront: 0
    case .partialUpfront: 0.5
    case .allUpfront: 1
    }
  }

  public var title: String {
    switch self {
    case .noUpfront: "No Upfront"
    case .partialUpfront: "Partial Upfront"
    case .allUpfront: "All Upfront"
    }
  }
}

/// How long a commitment lasts: one or three years.
public struct Term: Hashable, Comparable, Sendable {
  public var years: Int

  public init(years: Int) { self.years = years }

  public static let oneYear = Term(years: 1)
  public static let threeYears = Term(years: 3)

  /// 8,760 hours a year: providers sell years of 365 days (AWS Savings Plans user guide: terms of
  /// 365 and 1,095 days).
  public var hours: Int { years * 8760 }

  public static func < (a: Term, b: Term) -> Bool { a.years < b.years }
}
