import CloudCosts

extension OwnedLists {
  /// One of `gcloud compute commitments list --format=json`.
  ///
  /// Google commits to vCPUs and MiB of a series; here a commitment counts machines. The shape is the
  /// one whose memory for each vCPU is nearest, and its count goes by the vCPUs.
  func googleCommitment(_ value: JSONValue, line: Int) {
    let id = value["name"]?.text ?? value["id"]?.text ?? ""
    let status = value["status"]?.text ?? "ACTIVE"
    guard ["ACTIVE", "NOT_YET_ACTIVE", "CREATING"].contains(status) else {
      return leaveAside("status \(status)", id)
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
    let series = word(value["type"], "type", of: id, line: line, GoogleCommitmentType.series)
    let region = text(value["region"], "region", of: id, line: line)
    let start = hour(value["startTimestamp"], "startTimestamp", of: id, line: line)
    let resources = value["resources"]?.elements ?? []
    let processors = resources.first { $0["type"]?.text == "VCPU" }?["amount"]?.number
    let memory = resources.first { $0["type"]?.text == "MEMORY" }?["amount"]?.number
    guard let processors, processors > 0 else {
      return add(
        .error, "missing-field", line: line, "\(id.quoted) commits to no vCPUs",
        remedy: "export the list again, with its resources; commitments to memory, disks or"
          + " accelerators alone are not known here")
    }
    guard let term, let series, let region, let start else { return }
    let code = region.split(separator: "/").last.map(String.init) ?? region
    let terms = OfferTerms(product: .gcpResourceCUD, term: term, payment: .noUpfront)
    guard
      let offer = offer(
        series, memoryShare: (memory ?? 0) / 1024 / processors, in: code, terms)
    else {
      return add(
        .error, "no-price", line: line,
        "\(prices?.file ?? "the price book") has no \(terms.words) of a machine of series \(series) in"
          + " \(code), so that \(id.quoted) has no price",
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
    add(
      Commitment(
        id: id, account: value["selfLink"]?.text.flatMap(GoogleCommitmentType.project) ?? "",
        terms: terms,
        subject: .reservation(
          sku: offer.row.sku, zone: nil, count: processors / offer.type.processors, upfront: 0,
          hourly: offer.row.hourly), start: start, end: start + term.hours), line: line)
  }

  /// The machine on offer that comes nearest; of equal ones the smallest.
  private func offer(
    _ series: String, memoryShare: Double, in region: String, _ terms: OfferTerms
  ) -> (row: PriceRow, type: GoogleMachineTypes.MachineType)? {
    let types = Dictionary(
      (GoogleMachineTypes.types[series] ?? []).map { ($0.name, $0) },
      uniquingKeysWith: { first, _ in first })
    let offers = (prices?.rows ?? []).compactMap { row in
      row.product == terms.product && row.term == terms.term && row.sku.region == region
        ? types[row.sku.instanceType].map { (row: row, type: $0) } : nil
    }
    return offers.min { a, b in
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
    default:
      let last = String(type.split(separator: "_").last ?? "").lowercased()
      return GoogleMachineTypes.types[last] == nil ? nil : last
    }
  }

  /// The project in a link: …/projects/web/regions/…
  static func project(_ link: String) -> String? {
    let parts = link.split(separator: "/").map(String.init)
    guard let index = parts.firstIndex(of: "projects"), index + 1 < parts.count else { return nil }
    return parts[index + 1]
  }
}
