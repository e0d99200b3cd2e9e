import CloudCosts

/// What a commitment of Google is good for: machines, and what is sold and metered apart from them.
///
/// Google commits to vCPUs and MiB of a series; here a commitment counts machines. The shape is the
/// one whose memory for each vCPU is nearest, and its count goes by the vCPUs.
struct GoogleParts {
  /// What could not be taken as it is stated.
  struct Note {
    var rule: String
    var message: String
    var remedy: String
    /// Whether it, or a part of it, is good for nothing known.
    var leavesOut = false
  }

  let prices: PriceList?
  /// What is owned counts at the price on demand where no other is known, so that no saving is
  /// claimed for it; what is only recommended does not count at all.
  let isOwned: Bool
  private(set) var notes: [Note] = []

  init(prices: PriceList?, isOwned: Bool) {
    self.prices = prices
    self.isOwned = isOwned
  }

  private var book: String { prices?.file ?? "the price book" }
  private var byHand: String {
    isOwned
      ? "write it into a CSV of owned commitments, with the machines that it is good for"
      : "judge it by hand: plimsoll judge SCENARIO --buy FILE, with the machines it is good for"
  }

  mutating func parts(of known: GoogleCommitment) -> [Commitment] {
    let built = GoogleBuiltMachine.types(ofSeries: known.series)
    guard built.isEmpty else {
      return self.built(built, known).map { [$0] } ?? []
    }
    var parts: [Commitment] = []
    if known.resources.processors != nil {
      guard let machines = machines(known) else { return [] }
      parts.append(machines)
    }
    for other in known.resources.others {
      if let part = self.other(other, of: known) { parts.append(part) }
    }
    return parts
  }

  private mutating func machines(_ known: GoogleCommitment) -> Commitment? {
    let processors = known.resources.processors ?? 0
    guard processors > 0,
      let offer = offer(
        GoogleCommitmentType.seriesSold(as: known.series)
          .flatMap { GoogleMachineTypes.types[$0] ?? [] }, known,
        distance: { type in
          abs(type.memory / type.processors - (known.resources.memory ?? 0) / processors)
        })
    else { return nil }
    if let memory = known.resources.memory,
      abs(memory / processors - offer.type.memory / offer.type.processors) > 0.5
    {
      tellShape(
        known, "\(memory / processors) GiB for each vCPU",
        "\(offer.type.name), which has \(offer.type.memory / offer.type.processors)")
    } else if known.resources.memory == nil, !isOwned {
      tellShape(known, "vCPUs alone", "\(offer.type.name), whose memory it would not pay for")
    }
    return known.part(offer.row, count: processors / offer.type.processors)
  }

  /// Of a series that is built around accelerators or disks, which are in the machine's price.
  private mutating func built(_ types: [GoogleBuiltMachine], _ known: GoogleCommitment)
    -> Commitment?
  {
    let resources = known.resources
    let name = resources.accelerator.map(GoogleCommitmentType.plain)
    let fitting = types.filter {
      name == nil || GoogleCommitmentType.plain($0.accelerator) == name
    }
    let isDisk = types.allSatisfy { $0.accelerators == 0 }
    let disks = resources.amount(of: "LOCAL_SSD")
    guard let processors = resources.processors, isDisk ? disks > 0 : name != nil,
      !fitting.isEmpty
    else {
      notes.append(
        Note(
          rule: "other-resource",
          message:
            "\(known.id.quoted) is for \(resources.kinds) of the series \(known.series), and no machine"
            + " of it has just these in its price", remedy: byHand, leavesOut: true))
      return nil
    }
    let byName = Dictionary(
      fitting.map { ($0.type.name, $0) }, uniquingKeysWith: { first, _ in first })
    let offer = offer(fitting.map(\.type), known) { type in
      let memory = type.memory / type.processors - (resources.memory ?? 0) / processors
      // 375 GB of disks weigh as much as a GiB of memory; only Z3 has types that differ in them.
      let disk = (byName[type.name]?.disks ?? 0) / type.processors - disks / processors
      return abs(memory) + (isDisk ? abs(disk) / 375 : 0)
    }
    guard let offer, let machine = byName[offer.type.name] else { return nil }
    let count = processors / machine.type.processors
    let accelerators = resources.amount(of: "ACCELERATOR")
    if abs(accelerators - count * machine.accelerators) > 0.01 {
      tellShape(
        known, "\(processors) vCPUs and \(accelerators) accelerators",
        "\(count) of \(machine.type.name), which \(count == 1 ? "has" : "have")"
          + " \(count * machine.accelerators)")
    }
    return known.part(offer.row, count: count)
  }

  private mutating func tellShape(_ known: GoogleCommitment, _ stated: String, _ taken: String) {
    notes.append(
      Note(
        rule: "other-shape",
        message: "\(known.id.quoted) commits to \(stated); it counts as \(taken)",
        remedy: isOwned
          ? "split it by hand in a CSV of owned commitments, if that matters"
          : "nothing, unless the two are far apart; then \(byHand)"))
  }

  /// Accelerators and local disks, which are sold and metered by themselves.
  private mutating func other(_ other: GoogleResources.Other, of known: GoogleCommitment)
    -> Commitment?
  {
    if let row = price(of: other, known) {
      let name = other.kind == "LOCAL_SSD" ? "local-ssd" : other.name
      return known.part(row, count: other.amount, named: "/\(name)")
    }
    let also = known.resources.processors == nil ? "is" : "is also"
    let consequence =
      isOwned
      ? "this part is left out of what is owned, so a plan may buy it again"
      : "this part is left out of what is judged"
    notes.append(
      Note(
        rule: "other-resource",
        message:
          "\(known.id.quoted) \(also) for \(Int(min(other.amount, 1e9)).grouped) of"
          + " \(other.name.quoted), for which \(book) has no price: \(consequence)",
        remedy: isOwned
          ? "add its price to the price book, or write it into a CSV of owned commitments"
          : "add its price to the price book"))
    return nil
  }

  /// `nvidia-tesla-t4` is `TeslaT4` in price books, local disks are `gcp-local-ssd/GB`. Without a
  /// price at these terms that on demand.
  private func price(of other: GoogleResources.Other, _ known: GoogleCommitment) -> PriceRow? {
    let disks = Service(named: "gcp-local-ssd")
    let rows = (prices?.rows ?? []).filter { row in
      guard row.sku.provider == .gcp, row.sku.region == known.region, !row.sku.service.isMachines
      else { return false }
      return switch other.kind {
      case "LOCAL_SSD": row.sku.service == disks
      case "ACCELERATOR":
        row.sku.service != disks
          && GoogleCommitmentType.plain(row.sku.instanceType)
            == GoogleCommitmentType.plain(other.name)
      default: false
      }
    }
    return rows.first { $0.offered == known.terms }
      ?? (isOwned ? rows.first { $0.product == .onDemand } : nil)
  }

  /// The machine on offer that comes nearest; of equal ones the smallest. Where none is on offer at
  /// these terms, one with a price on demand, so that no saving is claimed for what is owned; nil,
  /// with a finding, without either.
  private mutating func offer(
    _ types: [GoogleMachineTypes.MachineType], _ known: GoogleCommitment,
    distance: (GoogleMachineTypes.MachineType) -> Double
  ) -> (row: PriceRow, type: GoogleMachineTypes.MachineType)? {
    let byName = Dictionary(types.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let priced = (prices?.rows ?? []).compactMap { row in
      row.sku.region == known.region && row.sku.provider == .gcp
        ? byName[row.sku.instanceType].map { (row: row, type: $0) } : nil
    }
    let offers = priced.filter {
      $0.row.product == known.terms.product && $0.row.term == known.terms.term
    }
    let onDemand = priced.filter {
      $0.row.product == .onDemand && $0.row.sku.includesLicence == false
    }
    let usable = offers.isEmpty && isOwned ? onDemand : offers
    let nearest = usable.min { a, b in
      (distance(a.type), a.type.processors) < (distance(b.type), b.type.processors)
    }
    let lacking =
      "\(book) has no \(known.terms.words) of a machine of series \(known.series) in \(known.region)"
    let remedy =
      isOwned
      ? "add it to the price book, or write the commitment into a CSV of owned commitments"
      : "add it to the price book, so that the recommendation can be judged"
    guard let nearest else {
      notes.append(
        Note(
          rule: "no-price", message: lacking + ", so that \(known.id.quoted) has no price",
          remedy: remedy, leavesOut: true))
      return nil
    }
    if nearest.row.product == .onDemand {
      notes.append(
        Note(
          rule: "no-price",
          message: lacking
            + ": \(known.id.quoted) counts at the price on demand of \(nearest.type.name),"
            + " so that no saving is claimed for it", remedy: remedy))
    }
    return nearest
  }
}
