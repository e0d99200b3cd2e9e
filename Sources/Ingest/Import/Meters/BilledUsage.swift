import CloudCosts

/// What a row of usage is, by the service and the meter that charge for it.
enum BilledUsage: Hashable {
  /// So many machines: the quantity over `unitsPerHour` is instance-hours.
  case machine(SKU, unitsPerHour: Double)
  /// Money of such machines whose hours other rows count: their memory, the disks that come with
  /// them.
  case part(SKU)
  /// What no commitment covers, whatever the export calls it.
  case spot
  /// What commitments of the provider cover, and nothing here reads as demand yet; by the meter's
  /// name.
  case coverable(String)
  /// Not a machine, by a rule of this name: `set-aside.` and the rule.
  case aside(String)

  static let notMachine = BilledUsage.aside("not-instance-hours")
  /// A licence, or what is sold at a price that commitments do not lower.
  static let noCommitment = BilledUsage.aside("not-committed-to")
  static let noRegion = "no-region"
  static let unknownMachine = "unknown-machine-type"

  /// The rules that set usage aside which commitments cover.
  static let coverableRules = ["coverable", noRegion, unknownMachine].map { "set-aside.\($0)" }

  /// - Parameter name: the machine's type as the row has it (`MeterSQL.machine`); empty where it
  ///   has none.
  init(_ words: BillWords, machine name: String) {
    if let stated = StatedSKU(words)?.usage {
      self = stated
      return
    }
    let usage: BilledUsage =
      switch words.provider {
      case .aws: AWSMeter(words).usage(name)
      case .azure: AzureMeter(words).usage(name)
      case .gcp: GoogleMeter(words).usage(name)
      case nil: BilledUsage.notMachine
      }
    switch usage {
    case _ where usage.sku?.region.isEmpty == true: self = .aside(BilledUsage.noRegion)
    case .aside("not-instance-hours"):
      self = BilledUsage.coverable(words) ?? usage
    default: self = usage
    }
  }
}

extension BilledUsage {
  /// Money that nothing understood must be said, and coverage has the same usage above and below
  /// the line.
  private static func coverable(_ words: BillWords) -> BilledUsage? {
    guard let provider = words.provider,
      let found = Coverable.find(
        provider, code: words[.meterService], name: words[.service])
    else { return nil }
    // Azure's meter has a name of its own, next to what it is filed under.
    let named =
      provider == .azure ? "\(words[.usageType]) \(words[.operation])" : words[.usageType]
    let meter = words[.usageType].isEmpty ? words[.description] : named
    return found.counts(meter: meter, unit: words[.unit]) ? .coverable(found.title) : nil
  }

  /// What a meter that is named in words counts.
  ///
  /// - Parameter unit: the bill's, which may be of another time: seconds of an hour's meter.
  init(named found: (meter: NamedMeter, sku: SKU)?, billedIn unit: String) {
    guard let found else {
      self = .notMachine
      return
    }
    if found.meter.isCoverable {
      self = .coverable(found.meter.service.title)
      return
    }
    self =
      found.meter.isDemand
      ? .machine(
        found.sku,
        unitsPerHour: found.meter.units * BilledTime.factor(from: unit, to: found.meter.unit))
      : BilledUsage.noCommitment
  }

  var sku: SKU? {
    switch self {
    case .machine(let sku, _), .part(let sku): sku
    case .spot, .coverable, .aside: nil
    }
  }
}

/// Where the texts of a row have a machine's type: SQL over `BillWord`s, run once for each set of
/// texts.
///
/// It only finds a name, so that hours are kept of rows that may be machines; what they are,
/// `BilledUsage` decides.
enum MeterSQL {
  /// What a provider files its named meters under, but for machines: a list of literals.
  static func categories(of provider: Provider) -> String {
    NamedMeter.categories(of: provider).filter { $0 != "compute engine" }
      .map { "'\($0)'" }.joined(separator: ", ")
  }

  static let machine = """
    case when w_details like '%"\(StatedSKU.type)"%' then 'stated'
      when lower(w_seller) like '%google%' or lower(w_seller) = 'gcp' then \(GoogleMeter.name)
      when lower(w_seller) like '%microsoft%' or lower(w_seller) like '%azure%' then \(AzureMeter.name)
      when lower(w_seller) like '%amazon%' or lower(w_seller) = 'aws' then \(AWSMeter.name)
      else '' end
    """
}
