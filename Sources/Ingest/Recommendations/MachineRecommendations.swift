import CloudCosts

/// What a provider recommends to do with machines.
package struct MachineRecommendations: Sendable {
  package struct Entry: Hashable, Sendable {
    package var resource: Resource
    /// The type; nil: stop or terminate it.
    package var target: String?
    /// What the provider says that it saves in a month of 730 hours; nil: it does not say.
    package var monthlySaving: Double?
    /// 0 to 4, as the provider says; nil: it does not.
    package var risk: Double?

    package init(
      resource: Resource, target: String?, monthlySaving: Double? = nil, risk: Double? = nil
    ) {
      self.resource = resource
      self.target = target
      self.monthlySaving = monthlySaving
      self.risk = risk
    }
  }

  /// Who recommends: `Compute Optimizer`.
  package var source: String
  /// The file, as its user calls it.
  package var file: String
  /// One a machine, the first that the provider names.
  package var entries: [Entry]

  package init(source: String, file: String, entries: [Entry]) {
    self.source = source
    self.file = file
    self.entries = entries
  }
}

/// Reads Compute Optimizer's export of EC2 (CSV), answers of Azure Advisor and of Google's machine
/// type and idle VM recommenders (JSON).
package final class MachineRecommendationReader {
  private var log: FindingLog
  private let file: InputFile
  private let resources: ResourceList
  private let known: [String: Resource]
  private var entries: [String: MachineRecommendations.Entry] = [:]
  private var strangers: [String] = []
  private var source: String?

  package static func read(
    _ file: InputFile, resources: ResourceList
  ) -> Reading<MachineRecommendations> {
    MachineRecommendationReader(file, resources).read()
  }

  private init(_ file: InputFile, _ resources: ResourceList) {
    self.file = file
    self.resources = resources
    log = FindingLog(file: file.name, kind: "recommendation")
    known = Dictionary(
      resources.resources.map { ($0.id.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
  }

  private func read() -> Reading<MachineRecommendations> {
    if MeasurementFiles.isJSON(file) {
      readJSON()
    } else {
      readComputeOptimizer()
    }
    if source == nil, !log.hasErrors {
      log.add(
        .error, "unknown-format", line: nil, "these are no recommendations on machines",
        remedy:
          "give the EC2 export of Compute Optimizer, az advisor recommendation list, or gcloud"
          + " recommender recommendations list --format json")
    }
    if let first = strangers.first {
      log.add(
        .warning, "unknown-resource", line: nil,
        "of all recommendations \(strangers.count) name no machine of \(resources.file), the first"
          + " \(first.quoted): they are left out",
        remedy: "add the machines to \(resources.file)")
    }
    return Reading(
      value: MachineRecommendations(
        source: source ?? "", file: file.name,
        entries: entries.sorted { $0.key < $1.key }.map(\.value)),
      findings: log.finished())
  }

  private func add(
    _ names: [String], target: String?, monthlySaving: Double?, risk: Double? = nil
  ) {
    guard let resource = names.lazy.compactMap({ self.known[$0.lowercased()] }).first else {
      strangers.append(names.first ?? "")
      return
    }
    // The provider names its best first.
    guard entries[resource.id] == nil else { return }
    entries[resource.id] = MachineRecommendations.Entry(
      resource: resource, target: target, monthlySaving: monthlySaving, risk: risk)
  }

  // MARK: JSON

  private func readJSON() {
    do {
      // Azure's answer is an object with `value`, or, from its command line, a list; so is
      // Google's.
      try JSONReader.read(file, at: ["value/[]", "recommendations/[]", "[]"]) { element in
        self.entry(element.value)
        return true
      }
    } catch {
      log.add(error)
    }
  }

  private func entry(_ value: JSONValue) {
    if value["recommenderSubtype"] != nil || value["content", "operationGroups"] != nil {
      source = "Google Recommender"
      google(value)
      return
    }
    let properties = value["properties"] ?? value
    guard properties["extendedProperties"] != nil || properties["impactedField"] != nil else {
      return
    }
    source = "Azure Advisor"
    guard properties["category"]?.text?.lowercased() == "cost",
      properties["impactedField"]?.text?.lowercased() == "microsoft.compute/virtualmachines"
    else { return }
    let more = properties["extendedProperties"]
    // Two spellings of the proposed size are in use.
    let size = more?["targetSku"]?.text ?? more?["recommendedSkuName"]?.text
    let names = [
      properties["impactedValue"]?.text, properties["resourceMetadata", "resourceId"]?.text,
    ].compactMap { $0 }
    let yearly = more?["annualSavingsAmount"]?.number.map { $0 / 12 }
    add(
      names, target: size?.lowercased() == "shutdown" ? nil : size,
      monthlySaving: more?["savingsAmount"]?.number ?? yearly)
  }

  private func google(_ value: JSONValue) {
    let operations =
      value["content", "operationGroups"]?.elements
      .flatMap { $0["operations"]?.elements ?? [] } ?? []
    for operation in operations where operation["action"]?.text == "replace" {
      let resource = operation["resource"]?.text ?? ""
      let name = resource.split(separator: "/").last.map(String.init) ?? resource
      let saving = GoogleImpact.monthlySaving(value["primaryImpact", "costProjection"])
      switch operation["path"]?.text {
      case "/machineType":
        let type = operation["value"]?.text?.split(separator: "/").last.map(String.init)
        add([name, resource], target: type, monthlySaving: saving)
      case "/status" where operation["value"]?.text == "TERMINATED":
        add([name, resource], target: nil, monthlySaving: saving)
      default: continue
      }
    }
  }

  // MARK: Compute Optimizer

  private func readComputeOptimizer() {
    do {
      var reader = try CSVReader(file)
      try reader.findDelimiter()
      guard try reader.next() == .record else { return }
      var columns: [String: Int] = [:]
      for index in 0..<reader.count {
        columns[Self.folded(reader[index].text)] = index
      }
      reader.expectedFields = columns.count
      guard columns["instancearn"] != nil || columns["instanceid"] != nil,
        let type = columns["recommendationoptions1instancetype"]
      else { return }
      source = "Compute Optimizer"
      while true {
        let step = try reader.next()
        if step == .end { break }
        guard step == .record else { continue }
        func text(_ name: String) -> String? {
          columns[name].map { reader[$0].text }.flatMap { $0.isEmpty ? nil : $0 }
        }
        let target = reader[type].text
        guard !target.isEmpty, target != text("currentinstancetype") else { continue }
        let arn = text("instancearn") ?? text("instanceid") ?? ""
        let names = [arn.split(separator: "/").last.map(String.init), arn, text("instancename")]
        add(
          names.compactMap { $0 }, target: target,
          monthlySaving: text("recommendationoptions1estimatedmonthlysavingsvalue")
            .flatMap(Double.init),
          risk: text("recommendationoptions1performancerisk").flatMap(Double.init))
      }
    } catch {
      log.add(error)
    }
  }

  /// Tables and files spell the same column in several ways.
  private static func folded(_ name: String) -> String {
    name.lowercased().filter { $0 != "_" && $0 != " " }
  }
}
