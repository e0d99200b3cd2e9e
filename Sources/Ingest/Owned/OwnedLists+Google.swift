import CloudCosts

extension OwnedLists {
  /// One of `gcloud compute commitments list --format=json`.
  ///
  /// Google commits to vCPUs and MiB of a series; here a commitment counts machines. The shape is
  /// the one whose memory for each vCPU is nearest, and its count goes by the vCPUs.
  func googleCommitment(_ value: JSONValue, line: Int) {
    let id = value["name"]?.text ?? value["id"]?.text ?? ""
    let status = value["status"]?.text ?? "ACTIVE"
    noteSuccession(value)
    // What has expired was in force up to its end; what was merged or split, up to that day.
    guard ["ACTIVE", "NOT_YET_ACTIVE", "CREATING", "EXPIRED", "CANCELLED"].contains(status) else {
      return leaveOut(state: status, dead: [], id, line: line)
    }
    guard value["category"]?.text ?? "MACHINE" == "MACHINE" else {
      return leaveAside("category \(value["category"]?.text ?? "")", id)
    }
    let term = word(value["plan"], "plan", of: id, line: line) { plan -> Term? in
      switch plan {
      case "TWELVE_MONTH": .oneYear
      case "THIRTY_SIX_MONTH": .threeYears
      default: nil
      }
    }
    let region = text(value["region"], "region", of: id, line: line)
    let start = moment(value["startTimestamp"], "startTimestamp", of: id, line: line)
    guard let type = text(value["type"], "type", of: id, line: line) else { return }
    let resources = value["resources"]?.elements ?? []
    guard let series = GoogleCommitmentType.series(type) else {
      return leaveOut(
        "unknown-type", line: line,
        "\(id.quoted) is of the type \(type.quoted), whose machines are not known here",
        remedy: "write it into a CSV of owned commitments, with the machines that it is good for")
    }
    let processors = resources.first { $0["type"]?.text == "VCPU" }?["amount"]?.number
    let memory = resources.first { $0["type"]?.text == "MEMORY" }?["amount"]?.number
    guard let processors, processors > 0 else {
      let kinds = resources.compactMap { $0["type"]?.text }.sorted().joined(separator: ", ")
      return leaveAside("no vCPUs, only \(kinds.isEmpty ? "no resources" : kinds)", id)
    }
    guard let term, let region, let start,
      let life = life(
        from: start, to: value["endTimestamp"], "endTimestamp", of: id, line: line,
        fallback: start.hour.adding(months: 12 * term.years))
    else { return }
    let code = region.split(separator: "/").last.map(String.init) ?? region
    let terms = OfferTerms(product: .gcpResourceCUD, term: term, payment: .noUpfront)
    guard
      let offer = offer(
        series, memoryShare: (memory ?? 0) / 1024 / processors, in: code, terms)
    else {
      return leaveOut(
        "no-price", line: line,
        "\(prices?.file ?? "the price book") has no \(terms.words) of a machine of series \(series) in"
          + " \(code), so that \(id.quoted) has no price",
        remedy: "add it to the price book, or write the commitment into a CSV of owned commitments")
    }
    if offer.row.product == .onDemand {
      add(
        .warning, "no-price", line: line,
        "\(prices?.file ?? "the price book") has no \(terms.words) of a machine of series \(series) in"
          + " \(code): \(id.quoted) counts at the price on demand of \(offer.type.name), so that no saving"
          + " is claimed for it",
        remedy: "add it to the price book, or write the commitment into a CSV of owned commitments")
    }
    if let memory, abs(memory / 1024 / processors - offer.type.memory / offer.type.processors) > 0.5
    {
      add(
        .warning, "other-shape", line: line,
        "\(id.quoted) commits to \(memory / 1024 / processors) GiB for each vCPU; it counts as"
          + " \(offer.type.name), which has \(offer.type.memory / offer.type.processors)",
        remedy: "split it by hand in a CSV of owned commitments, if that matters")
    }
    let project = GoogleCommitmentType.project(value["selfLink"]?.text ?? region)
    var commitment = Commitment(
      id: id, account: project ?? "", terms: terms,
      subject: .reservation(
        sku: offer.row.sku, zone: nil, count: processors / offer.type.processors, upfront: 0,
        hourly: offer.row.hourly), start: life.start, end: life.end,
      reach: project == nil ? .shared : .account)
    commitment.renews = (value["autoRenew"]?.flag ?? false) && status == "ACTIVE"
    commitments(to: resources, with: commitment, in: code, line: line)
      .forEach { add($0, status, line: line) }
  }

  private func add(_ commitment: Commitment, _ status: String, line: Int) {
    if status == "CANCELLED" {
      replaced.append((commitment, line))
    } else {
      addUnscoped(commitment, line: line)
    }
  }

  /// A commitment to machines, and those to the accelerators that were bought with it, which are
  /// sold and metered apart. Local disks are not read: they are said.
  private func commitments(
    to resources: [JSONValue], with machines: Commitment, in region: String, line: Int
  ) -> [Commitment] {
    var all = [machines]
    for resource in resources {
      let kind = resource["type"]?.text ?? ""
      guard !["VCPU", "MEMORY"].contains(kind), let count = resource["amount"]?.number, count > 0
      else { continue }
      let name = resource["acceleratorType"]?.text?.split(separator: "/").last.map(String.init)
      guard kind == "ACCELERATOR", let name, let price = price(of: name, region, machines.terms)
      else {
        add(
          .warning, "other-resource", line: line,
          "\(machines.id.quoted) is also for \(Int(min(count, 1e9)).grouped) of \((name ?? kind).quoted),"
            + " for which \(prices?.file ?? "the price book") has no price: this part is left out of"
            + " what is owned, so a plan may buy it again",
          remedy: "add its price to the price book, or write it into a CSV of owned commitments")
        continue
      }
      var part = machines
      part.id += "/\(name)"
      part.subject = .reservation(
        sku: price.sku, zone: nil, count: count, upfront: 0, hourly: price.hourly)
      all.append(part)
    }
    return all
  }

  /// Of an accelerator; `nvidia-tesla-t4` is `TeslaT4` in price books. Without a price at these
  /// terms that on demand.
  private func price(of accelerator: String, _ region: String, _ terms: OfferTerms) -> PriceRow? {
    let rows = (prices?.rows ?? []).filter { row in
      row.sku.provider == .gcp && row.sku.region == region && !row.sku.service.isMachines
        && GoogleCommitmentType.plain(row.sku.instanceType)
          == GoogleCommitmentType.plain(accelerator)
    }
    return rows.first { $0.offered == terms } ?? rows.first { $0.product == .onDemand }
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
      guard let end = successions[commitment.id], end > commitment.start else {
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

  /// The machine on offer that comes nearest; of equal ones the smallest. Where none is on offer at
  /// these terms, one with a price on demand, so that no saving is claimed for what is owned.
  private func offer(
    _ series: String, memoryShare: Double, in region: String, _ terms: OfferTerms
  ) -> (row: PriceRow, type: GoogleMachineTypes.MachineType)? {
    let types = Dictionary(
      (GoogleMachineTypes.types[series] ?? []).map { ($0.name, $0) },
      uniquingKeysWith: { first, _ in first })
    let known = (prices?.rows ?? []).compactMap { row in
      row.sku.region == region && row.sku.provider == .gcp
        ? types[row.sku.instanceType].map { (row: row, type: $0) } : nil
    }
    let offers = known.filter { $0.row.product == terms.product && $0.row.term == terms.term }
    let onDemand = known.filter {
      $0.row.product == .onDemand && $0.row.sku.includesLicence == false
    }
    return (offers.isEmpty ? onDemand : offers).min { a, b in
      let distances = [a, b].map { abs($0.type.memory / $0.type.processors - memoryShare) }
      return (distances[0], a.type.processors) < (distances[1], b.type.processors)
    }
  }
}

/// Types of commitments, in Google's words.
enum GoogleCommitmentType {
  /// `n2` of `GENERAL_PURPOSE_N2`; the oldest series of a kind has no name of its own.
  static func series(_ type: String) -> String? {
    switch type {
    case "GENERAL_PURPOSE": return "n1"
    case "COMPUTE_OPTIMIZED": return "c2"
    case "MEMORY_OPTIMIZED": return "m1"
    default:
      let last = String(type.split(separator: "_").last ?? "").lowercased()
      return GoogleMachineTypes.types[last] == nil ? nil : last
    }
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
