import CloudCosts

/// Azure: the meter's category says what is metered, whatever resource it is attached to.
///
/// Machines of scale sets (AKS nodes among them), Batch and Databricks are metered as Virtual
/// Machines, and reservations and savings plans cover these (Microsoft, "Virtual machine licensing
/// and reservations"). With the Azure Hybrid Benefit only the base rate is metered: the meter has
/// no Windows in its name. A Dedicated Host is charged for itself, by meters of products such as
/// `Dsv5 Series Dedicated Host`; its machines are rows at a price of 0 (Microsoft Learn, "Azure
/// Dedicated Hosts", Pricing).
struct AzureMeter {
  let words: BillWords

  init(_ words: BillWords) { self.words = words }

  /// `Standard_D4s_v5` out of the SKU's details or AdditionalInfo; without them, of a meter that is
  /// of one size alone: `D4s v5`. (`D2 v3/D2s v3` is of two.)
  static let name = """
    case when regexp_extract(w_details, '((?:Standard|Basic)_[A-Za-z0-9_-]+)', 1) <> ''
        then regexp_extract(w_details, '((?:Standard|Basic)_[A-Za-z0-9_-]+)', 1)
      when lower(w_meter_service) in (\(MeterSQL.categories(of: .azure))) then 'meter'
      when lower(w_meter_service) <> 'virtual machines' or w_usage_type like '%Basic%' then ''
      when regexp_extract(w_operation, '^([A-Z]+[0-9]+[A-Za-z0-9-]*(?: v[0-9]+)?)$', 1) = '' then ''
      else concat('Standard_', replace(w_operation, ' ', '_')) end
    """

  func usage(_ name: String) -> BilledUsage {
    let category = words.lower(.meterService)
    // FOCUS's own columns have no more than the meter's name (`SkuMeter`).
    let isNamedAlone = category.isEmpty && words[.operation].isEmpty
    let meter = words.lower(isNamedAlone ? .usageType : .operation)
    if meter.contains("spot") || meter.contains("low priority") { return .spot }
    guard category.isEmpty ? isMachineService : category == "virtual machines" else {
      // Certificates and the like of App Service are by the month.
      guard mayCountHours || words.lower(.unit).contains("second") else { return .notMachine }
      return BilledUsage(
        named: NamedMeter.find(
          .azure, category: category, product: words[.usageType], meter: words[.operation],
          unit: words[.unit], region: words.place), billedIn: words[.unit])
    }
    guard !meter.contains("licen") else { return .notMachine }
    if words.lower(.usageType).contains("dedicated host") { return .coverable(AzureMeter.host) }
    guard mayCountHours else { return .aside(BilledUsage.unknownMachine) }
    guard !name.isEmpty else {
      return category.isEmpty ? .notMachine : .aside(BilledUsage.unknownMachine)
    }
    let isWindows =
      words.lower(.usageType).contains("windows")
      || (isNamedAlone && words.lower(.details).contains("windows")
        && !words.lower(.details).contains("byol"))
    return .machine(
      SKU(
        provider: .azure, region: words.place, instanceType: name,
        operatingSystem: isWindows ? "Windows" : "Linux"), unitsPerHour: 1)
  }

  /// As the catalogue calls what commitments to hosts cover.
  static let host = "Azure Dedicated Host"

  /// Units are in the language of the export: only other times are certainly no hours.
  private var mayCountHours: Bool {
    let unit = words.lower(.unit)
    return unit.contains("hour")
      || !["minute", "second", "day", "week", "month", "year"].contains(where: unit.contains)
  }

  private var isMachineService: Bool {
    ["virtual machines", "virtual machine scale sets"].contains(words.lower(.service))
  }
}
