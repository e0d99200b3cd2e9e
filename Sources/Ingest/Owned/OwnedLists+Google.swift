import CloudCosts

/// A commitment of `gcloud compute commitments list`, before it is known what it is good for.
struct GoogleCommitment {
  var id: String
  /// Nil where the list does not say whose it is.
  var project: String?
  var region: String
  var series: String
  var terms: OfferTerms
  var life: HourWindow
  var renews: Bool
  var status: String
  var resources: GoogleResources

  /// What it owns of one thing.
  func part(_ row: PriceRow, count: Double, named suffix: String = "") -> Commitment {
    var commitment = Commitment(
      id: id + suffix, account: project ?? "", terms: terms,
      subject: .reservation(
        sku: row.sku, zone: nil, count: count, upfront: 0, hourly: row.hourly),
      start: life.start, end: life.end, reach: project == nil ? .shared : .account)
    commitment.renews = renews
    return commitment
  }
}

/// What a commitment of Google is to.
struct GoogleResources {
  struct Other {
    var kind: String
    /// `nvidia-tesla-t4`; of what has no name its kind.
    var name: String
    /// Accelerators, or GB of local disks.
    var amount: Double
  }

  var processors: Double?
  /// GiB.
  var memory: Double?
  var others: [Other] = []
  /// In words.
  var kinds: String

  /// Memory is in MiB there, local disks are in GB (gcloud reference, "commitments describe").
  init(_ entries: [JSONValue]) {
    func amount(_ kind: String) -> Double? {
      let amounts = entries.filter { $0["type"]?.text == kind }.compactMap { $0["amount"]?.number }
      return amounts.isEmpty ? nil : amounts.reduce(0, +)
    }
    processors = amount("VCPU").flatMap { $0 > 0 ? $0 : nil }
    memory = amount("MEMORY").map { $0 / 1024 }
    for entry in entries {
      let kind = entry["type"]?.text ?? ""
      guard !["VCPU", "MEMORY"].contains(kind), let amount = entry["amount"]?.number, amount > 0
      else { continue }
      let name = entry["acceleratorType"]?.text?.split(separator: "/").last.map(String.init)
      others.append(Other(kind: kind, name: name ?? kind, amount: amount))
    }
    let named = entries.compactMap { $0["type"]?.text }.sorted().joined(separator: ", ")
    kinds = named.isEmpty ? "no resources" : named
  }

  func amount(of kind: String) -> Double {
    others.filter { $0.kind == kind }.map(\.amount).reduce(0, +)
  }

  var accelerator: String? { others.first { $0.kind == "ACCELERATOR" }?.name }
}

extension OwnedLists {
  /// One of `gcloud compute commitments list --format=json`.
  func googleCommitment(_ value: JSONValue, line: Int) {
    let id = value["name"]?.text ?? value["id"]?.text ?? ""
    let status = value["status"]?.text ?? "ACTIVE"
    noteSuccession(value)
    // What has expired was in force up to its end; what was merged or split, up to that day.
    guard ["ACTIVE", "NOT_YET_ACTIVE", "CREATING", "EXPIRED", "CANCELLED"].contains(status) else {
      return leaveOut(state: status, dead: [], id, line: line)
    }
    guard value["category"]?.text != "LICENSE" else {
      let licence = value["licenseResource", "license"]?.text ?? ""
      return tellLicence(licence.split(separator: "/").last.map(String.init) ?? "", id, line: line)
    }
    guard value["category"]?.text ?? "MACHINE" == "MACHINE" else {
      return leaveAside("category \(value["category"]?.text ?? "")", id)
    }
    let term = word(value["plan"], "plan", of: id, line: line, GoogleCommitmentType.term)
    let region = text(value["region"], "region", of: id, line: line)
    let start = moment(value["startTimestamp"], "startTimestamp", of: id, line: line)
    guard let type = text(value["type"], "type", of: id, line: line) else { return }
    guard let series = GoogleCommitmentType.series(type) else {
      return leaveOut(
        "unknown-type", line: line,
        "\(id.quoted) is of the type \(type.quoted), whose machines are not known here",
        remedy: "write it into a CSV of owned commitments, with the machines that it is good for")
    }
    let resources = GoogleResources(value["resources"]?.elements ?? [])
    guard resources.processors != nil || !resources.others.isEmpty else {
      return leaveAside("no vCPUs, only \(resources.kinds)", id)
    }
    guard let term, let region, let start,
      let life = life(
        // An end that its owner chose is in both where the list has them all.
        from: start, to: value["endTimestamp"] ?? value["customEndTimestamp"], "endTimestamp",
        of: id, line: line,
        fallback: start.hour.adding(months: 12 * term.years))
    else { return }
    let known = GoogleCommitment(
      id: id, project: GoogleCommitmentType.project(value["selfLink"]?.text ?? region),
      region: region.split(separator: "/").last.map(String.init) ?? region, series: series,
      terms: OfferTerms(product: .gcpResourceCUD, term: term, payment: .noUpfront), life: life,
      renews: (value["autoRenew"]?.flag ?? false) && status == "ACTIVE", status: status,
      resources: resources)
    var taking = GoogleParts(prices: prices, isOwned: true)
    for part in taking.parts(of: known) { add(part, status, line: line) }
    for note in taking.notes {
      if note.leavesOut {
        leaveOut(note.rule, line: line, note.message, remedy: note.remedy)
      } else {
        add(.warning, note.rule, line: line, note.message, remedy: note.remedy)
      }
    }
  }

  private func add(_ commitment: Commitment, _ status: String, line: Int) {
    if status == "CANCELLED" {
      replaced.append((commitment, line))
    } else {
      addUnscoped(commitment, line: line)
    }
  }

  /// Commitments that were merged or split are cancelled on the day on which others go on for them
  /// (Google Cloud, "Merge and split commitments").
  private func noteSuccession(_ value: JSONValue) {
    guard let start = value["startTimestamp"]?.text.flatMap(Moment.init) else { return }
    let merged = value["mergeSourceCommitments"]?.elements ?? []
    let split = [value["splitSourceCommitment"]].compactMap { $0 }
    for source in (merged + split).compactMap(\.text) {
      successions[source.split(separator: "/").last.map(String.init) ?? source] = start.hour
    }
  }

  /// Adds what was cancelled because another one goes on for it, up to that day.
  func addReplaced() {
    for (commitment, line) in replaced {
      let whole = String(commitment.id.prefix { $0 != "/" })
      guard let end = successions[whole], end > commitment.start else {
        leaveAside("status CANCELLED", commitment.id)
        continue
      }
      var commitment = commitment
      commitment.end = min(commitment.end, end)
      addUnscoped(commitment, line: line)
    }
  }

  /// Whether a project's commitments serve its billing account is no part of the list.
  private func addUnscoped(_ commitment: Commitment, line: Int) {
    setUnscoped(commitment.id)
    add(commitment, line: line)
  }
}

/// Types of commitments, in Google's words.
enum GoogleCommitmentType {
  /// Of a `plan` (Compute API, `RegionCommitment.plan`).
  static func term(_ plan: String) -> Term? {
    switch plan {
    case "TWELVE_MONTH": .oneYear
    case "THIRTY_SIX_MONTH": .threeYears
    default: nil
    }
  }

  /// `n2` of `GENERAL_PURPOSE_N2`, `a3` of `ACCELERATOR_OPTIMIZED_A3_MEGA`; the oldest series of a
  /// kind has no name of its own (Compute API, `RegionCommitment.type`).
  static func series(_ type: String) -> String? {
    switch type {
    case "GENERAL_PURPOSE": return "n1"
    case "COMPUTE_OPTIMIZED": return "c2"
    case "MEMORY_OPTIMIZED": return "m1"
    case "ACCELERATOR_OPTIMIZED": return "a2"
    case "GRAPHICS_OPTIMIZED": return "g2"
    default:
      return type.split(separator: "_").map { $0.lowercased() }.last { name in
        GoogleMachineTypes.types[name] != nil || !GoogleBuiltMachine.types(ofSeries: name).isEmpty
      }
    }
  }

  /// Of the memory-optimized series the first two are sold by one name (gcloud reference,
  /// "commitments create": `memory-optimized`).
  static func seriesSold(as series: String) -> [String] {
    series == "m1" ? ["m1", "m2"] : [series]
  }

  /// `t4` of `gcp-gpu/TeslaT4` and of `nvidia-tesla-t4`.
  static func plain(_ accelerator: String) -> String {
    let name = accelerator.split(separator: "/").last.map(String.init) ?? accelerator
    return name.lowercased().filter { $0.isLetter || $0.isNumber }
      .replacing("nvidia", with: "").replacing("tesla", with: "")
  }

  /// The project in a link: …/projects/web/regions/…
  static func project(_ link: String) -> String? {
    let parts = link.split(separator: "/").map(String.init)
    guard let index = parts.firstIndex(of: "projects"), index + 1 < parts.count else { return nil }
    return parts[index + 1]
  }
}
