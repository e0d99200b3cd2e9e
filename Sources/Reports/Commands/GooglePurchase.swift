import CloudCosts

/// A purchase as a call of Google's command line.
///
/// Flags and values are those of `gcloud compute commitments create` (Google Cloud SDK reference of
/// 2026). A second commitment of a name is refused, so that a request can be sent twice.
/// Commitments to spend are sold in the console and by no command.
struct GooglePurchase {
  let buy: [String]

  /// Nil where Google sells it otherwise.
  ///
  /// - Parameter token: becomes the commitment's name.
  init?(_ purchase: RunDocument.Purchase, token: String) {
    guard ShellText.isTime(purchase.start), let offer = GoogleOffer(purchase),
      let plan = [1: "12-month", 3: "36-month"][purchase.termYears], ShellText.isName(token)
    else { return nil }
    let project = purchase.account
    buy =
      [
        "gcloud", "compute", "commitments", "create", "plimsoll-\(token.lowercased())", "--region",
        offer.region, "--plan", plan, "--type",
        offer.kind.lowercased().replacing("_", with: "-"), "--resources",
        "vcpu=\(offer.processors),memory=\(offer.megabytes)MB",
      ] + (ShellText.isName(project) ? ["--project", project] : [])
  }
}

/// What a commitment to a machine is in Google's terms: vCPUs and memory of its series, whether its
/// type is predefined or custom.
struct GoogleOffer {
  /// The field `type` of Compute Engine's resource `regionCommitments` (REST v1).
  var kind: String
  var region: String
  var processors: Int
  /// Sold in steps of 256; less would leave a part uncovered.
  var megabytes: Int

  /// Nil for what is no such machine, or of a series that no commitment is known for.
  init?(_ purchase: RunDocument.Purchase) {
    guard purchase.provider == .gcp, purchase.product.isReservation,
      case .quantity(let count) = purchase.amount, count > 0, count < 1e6,
      let region = purchase.region, ShellText.isName(region), let type = purchase.instanceType,
      let machine = Self.resources(of: type),
      // Google takes no commitment to more memory than its vCPUs may have without an extension.
      !type.hasSuffix("-ext"), let kind = Self.kind(ofSeries: GoogleSizes.series(of: type))
    else { return nil }
    self.kind = kind
    self.region = region
    processors = Int((machine.processors * count).rounded(.up))
    megabytes = Int((machine.memory * count * 1024 / 256).rounded(.up)) * 256
  }

  /// Types that share a core count as the part of it that is billed.
  private static func resources(of type: String) -> MachineResources? {
    if let known = GoogleSizes.resources(of: type) { return known }
    return GoogleMachineTypes.types.values.joined().first { $0.name == type }.map {
      MachineResources(processors: $0.processors, memory: $0.memory)
    }
  }

  private static func kind(ofSeries series: String) -> String? {
    switch series {
    case "n1": "GENERAL_PURPOSE"
    case "e2", "n2", "n2d", "n4", "n4a", "n4d", "t2d", "c4", "c4a", "c4d":
      "GENERAL_PURPOSE_" + series.uppercased()
    case "c3", "c3d", "c2d", "h3", "h4d": "COMPUTE_OPTIMIZED_" + series.uppercased()
    case "c2": "COMPUTE_OPTIMIZED"
    case "m1", "m2": "MEMORY_OPTIMIZED"
    case "m3": "MEMORY_OPTIMIZED_M3"
    default: nil
    }
  }
}
