import CloudCosts

extension Commitment {
  /// Whether it commits to money (FOCUS: Spend) and not to hours (Usage).
  var isSpend: Bool { terms.product.isSavingsPlan }

  /// The service of a reservation; nil for money that several may use.
  var service: Service? {
    switch subject {
    case .reservation(let sku, _, _, _, _): sku.service
    case .savingsPlan: terms.product.services.count == 1 ? terms.product.services.first : nil
    }
  }

  var provider: Provider { terms.product.provider ?? .aws }

  /// What it brings in an hour, in `focusUnit`. Google's commitments are to vCPUs and to memory;
  /// one row tells of both, in hours of the committed machine.
  var capacity: Double {
    switch subject {
    case .reservation(let sku, _, let count, _, _) where sku.provider == .gcp: count
    case .reservation(let sku, _, let count, _, _): count * units(of: sku)
    case .savingsPlan(_, let hourlyCommitment): hourlyCommitment
    }
  }

  /// The units that an instance-hour of a SKU takes of a reservation.
  private func units(of sku: SKU) -> Double {
    guard case .reservation(let reserved, nil, _, _, _) = subject else { return 1 }
    return ReservationScope(of: reserved).units(of: sku.zoneless) ?? 1
  }

  /// How much of it usage takes, in `focusUnit`.
  func quantity(instanceHours: Double, of sku: SKU, effective: Money) -> Double {
    if isSpend { return effective.value }
    guard provider == .gcp else { return instanceHours * units(of: sku) }
    return effectiveHourly > 0 ? effective.value / effectiveHourly * capacity : 0
  }

  /// The currency, hours, or hours counted in units of size.
  func focusUnit(_ currency: String) -> String {
    switch subject {
    case .savingsPlan: currency
    case .reservation(let sku, nil, _, _, _)
    where SizeFlexibility.applies(to: sku) && sku.provider != .gcp:
      "Normalized Hours"
    case .reservation: "Hours"
    }
  }

  var focusTitle: String { "\(terms.product.title) \(id)" }

  var focusRegion: String? {
    switch subject {
    case .reservation(let sku, _, _, _, _): sku.region
    case .savingsPlan(let scope, _): scope.region
    }
  }

  var focusSKU: String {
    switch subject {
    case .reservation(let sku, _, _, _, _): sku.focusID
    case .savingsPlan(let scope, _):
      [scope.provider.rawValue, scope.region, scope.family, terms.product.rawValue]
        .compactMap { $0 }.joined(separator: "/")
    }
  }
}

extension OfferTerms {
  /// `ri-standard/1y/no-upfront`.
  var focusID: String {
    ["\(product.rawValue)/\(term.years)y/\(payment.rawValue)", pricedFrom.map { "from-\($0)" }]
      .compactMap { $0 }.joined(separator: "/")
  }
}

extension SKU {
  /// Providers have numbers for this; a scenario has names.
  var focusID: String {
    [provider.rawValue, region, instanceType, operatingSystem, tenancy].joined(separator: "/")
  }
}

extension Provider {
  var focusName: String {
    switch self {
    case .aws: "Amazon Web Services"
    case .azure: "Microsoft Azure"
    case .gcp: "Google Cloud"
    }
  }
}
