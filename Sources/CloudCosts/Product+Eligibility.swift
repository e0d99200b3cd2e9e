extension SKU {
  /// Which of a provider's services an instance type belongs to; its commitments cover no other's.
  public enum Service: String, Hashable, Sendable {
    case compute
    /// SageMaker: `ml.m5.xlarge`.
    case machineLearning
    /// RDS, Aurora and the like: `db.r6g.large`.
    case database

    /// The service in words.
    public var title: String {
      switch self {
      case .compute: "compute"
      case .machineLearning: "machine learning"
      case .database: "database"
      }
    }
  }

  /// By the prefix that AWS gives the types of a service (`ml.`, `db.`); the others have none.
  public var service: Service {
    guard provider == .aws else { return .compute }
    if instanceType.hasPrefix("ml.") { return .machineLearning }
    return instanceType.hasPrefix("db.") ? .database : .compute
  }
}

extension Product {
  /// Who sells it; nil for what everyone sells.
  public var provider: Provider? {
    switch self {
    case .onDemand: nil
    case .standardRI, .convertibleRI, .ec2InstanceSavingsPlan, .computeSavingsPlan,
      .sageMakerSavingsPlan, .databaseSavingsPlan:
      .aws
    case .azureReservation, .azureSavingsPlan: .azure
    case .gcpResourceCUD, .gcpFlexibleCUD: .gcp
    }
  }

  /// Whether it may cover usage of a SKU at all.
  ///
  /// Source: AWS Savings Plans User Guide, "Savings Plan types": Compute plans for EC2, Fargate and
  /// Lambda, EC2 Instance plans for EC2, SageMaker AI plans for SageMaker instances, Database plans
  /// for database services. RDS sells reservations too, SageMaker does not.
  public func covers(_ sku: SKU) -> Bool {
    guard let provider else { return true }
    guard provider == sku.provider else { return false }
    switch self {
    case .onDemand, .azureReservation, .azureSavingsPlan, .gcpResourceCUD, .gcpFlexibleCUD:
      return true
    case .standardRI, .convertibleRI: return sku.service != .machineLearning
    case .ec2InstanceSavingsPlan, .computeSavingsPlan: return sku.service == .compute
    case .sageMakerSavingsPlan: return sku.service == .machineLearning
    case .databaseSavingsPlan: return sku.service == .database
    }
  }

  /// Whether the provider sells it for this term and payment.
  ///
  /// Sources: AWS, "Database Savings Plans" (at launch, December 2025: one year, no upfront). Azure,
  /// "Save costs with Azure Reservations" and "What is Azure savings plans for compute?": paid
  /// monthly or all upfront. Google, "Committed use discounts": paid monthly, nothing upfront.
  public func isSold(for term: Term, payment: PaymentOption) -> Bool {
    switch self {
    case .databaseSavingsPlan: term == .oneYear && payment == .noUpfront
    case .azureReservation, .azureSavingsPlan: payment != .partialUpfront
    case .gcpResourceCUD, .gcpFlexibleCUD: payment == .noUpfront
    case .onDemand, .standardRI, .convertibleRI, .ec2InstanceSavingsPlan, .computeSavingsPlan,
      .sageMakerSavingsPlan:
      true
    }
  }

  /// Whether a reservation of it can be for one zone.
  public var canBeZonal: Bool { self == .standardRI || self == .convertibleRI }
}
