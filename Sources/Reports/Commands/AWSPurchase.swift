import CloudCosts

/// A purchase as two calls of the AWS command line: one finds the offering, one buys it.
///
/// Names and values are those of the service models `ec2` 2016-11-15 and `savingsplans` 2019-06-28
/// (plan types Compute, EC2Instance, SageMaker and Database).
///
/// Sent twice, a purchase is to be made once. What the models have for that (botocore 1.44.8):
///
/// | interface | what |
/// |---|---|
/// | savingsplans, redshift-serverless | `ClientToken`, the request's own idempotency token |
/// | rds, elasticache, memorydb, opensearch | an id that the buyer chooses; a second is refused |
/// | ec2, redshift | nothing: what is there is listed first, and one like it stops the script |
struct AWSPurchase {
  /// Prints the identifiers of the offerings that fit.
  var lookup: [String]
  /// Buys; the identifier is the word `AWSPurchase.offering`.
  var buy: [String]

  /// Whether it can be given a day that is still to come.
  var canBeQueued = true
  /// Whether the provider knows the request again, so that it can be sent twice.
  var isKnownAgain = false
  /// Lists purchases like it that were made already; nil where the request is known again.
  var earlier: [String]?

  static let offering = "\"$offering\""

  /// Nil where a value is none that AWS knows, or that could be safely written into a script.
  ///
  /// - Parameter token: by which the provider knows the request again, where it can.
  init?(_ purchase: RunDocument.Purchase, currency: String, token: String) {
    guard purchase.provider == .aws, ShellText.isTime(purchase.start) else { return nil }
    let (interface, word) = purchase.product.api
    switch interface {
    case "ec2": self.init(reservation: purchase, offeringClass: word)
    case "savingsplans": self.init(savingsPlan: purchase, type: word, currency, token: token)
    case "redshift-serverless": self.init(capacity: purchase, token: token)
    default:
      guard
        let nodes = ReservationInterface.all.first(where: { $0.service.name == interface })
      else { return nil }
      self.init(nodes: purchase, nodes, token: token)
    }
  }

  private init?(reservation purchase: RunDocument.Purchase, offeringClass: String) {
    guard case .quantity(let count) = purchase.amount, count >= 1, count < 1e6,
      count == count.rounded(), let duration = AWSPurchase.seconds(purchase.termYears),
      let region = purchase.region, ShellText.isName(region),
      let type = purchase.instanceType, ShellText.isName(type),
      let platform = AWSPurchase.platform(purchase.operatingSystem ?? "Linux"),
      let tenancy = AWSPurchase.tenancy(purchase.tenancy ?? "default")
    else { return nil }
    var filters = [
      "Name=product-description,Values=" + platform, "Name=duration,Values=" + duration,
    ]
    if let zone = purchase.zone {
      guard ShellText.isName(zone) else { return nil }
      filters += ["Name=scope,Values=Availability Zone", "Name=availability-zone,Values=" + zone]
    } else {
      filters += ["Name=scope,Values=Region"]
    }
    lookup =
      [
        "aws", "ec2", "describe-reserved-instances-offerings", "--region", region,
        "--instance-type", type, "--instance-tenancy", tenancy, "--offering-class",
        offeringClass, "--offering-type", purchase.payment.title, "--no-include-marketplace",
        "--filters",
      ] + filters + [
        "--query", "ReservedInstancesOfferings[].ReservedInstancesOfferingId", "--output", "text",
      ]
    buy = [
      "aws", "ec2", "purchase-reserved-instances-offering", "--region", region,
      "--reserved-instances-offering-id", AWSPurchase.offering, "--instance-count",
      String(Int(count)),
    ]
    earlier =
      [
        "aws", "ec2", "describe-reserved-instances", "--region", region, "--offering-class",
        offeringClass, "--offering-type", purchase.payment.title, "--filters",
        "Name=instance-type,Values=" + type, "Name=state,Values=payment-pending,active,queued",
      ] + filters + [
        "--query",
        "ReservedInstances[?Start>='\(purchase.start.prefix(10))'].ReservedInstancesId",
        "--output", "text",
      ]
  }

  /// Reserved RPUs of Redshift Serverless.
  private init?(capacity purchase: RunDocument.Purchase, token: String) {
    guard case .quantity(let count) = purchase.amount, count >= 1, count < 1e6,
      count == count.rounded(), let duration = AWSPurchase.seconds(purchase.termYears),
      let region = purchase.region, ShellText.isName(region)
    else { return nil }
    let payment = purchase.payment.title.uppercased().replacing(" ", with: "_")
    canBeQueued = false
    let command = ["aws", "redshift-serverless"]
    let conditions = "duration==`\(duration)` && offeringType=='\(payment)'"
    lookup =
      command + [
        "list-reservation-offerings", "--region", region, "--query",
        "reservationOfferingsList[?\(conditions)].offeringId", "--output", "text",
      ]
    buy =
      command + [
        "create-reservation", "--region", region, "--offering-id", AWSPurchase.offering,
        "--capacity", String(Int(count)), "--client-token", AWSPurchase.versionFour(token),
      ]
    isKnownAgain = true
  }

  /// The service takes tokens in the form of a UUID of version 4 alone (API reference,
  /// CreateReservation).
  static func versionFour(_ token: String) -> String {
    var letters = Array(token)
    guard letters.count == 36 else { return token }
    letters[14] = "4"
    return String(letters)
  }

  private init?(
    savingsPlan purchase: RunDocument.Purchase, type: String, _ currency: String, token: String
  ) {
    guard case .hourlyCommitment(let hourly) = purchase.amount, hourly >= Money(micros: 1_000),
      let duration = AWSPurchase.seconds(purchase.termYears),
      ["USD", "EUR", "CNY"].contains(currency)
    else { return nil }
    var filters: [String] = []
    if type == "EC2Instance" {
      guard let region = purchase.region, ShellText.isName(region),
        let family = purchase.instanceType, ShellText.isName(family)
      else { return nil }
      filters = [
        "--filters", "name=region,values=" + region, "name=instanceFamily,values=" + family,
      ]
    }
    lookup =
      [
        "aws", "savingsplans", "describe-savings-plans-offerings", "--plan-types", type,
        "--payment-options", purchase.payment.title, "--durations", duration, "--currencies",
        currency,
      ] + filters + ["--query", "searchResults[].offeringId", "--output", "text"]
    buy = [
      "aws", "savingsplans", "create-savings-plan", "--savings-plan-offering-id",
      AWSPurchase.offering, "--commitment", hourly.formatted(decimals: 3, grouped: false),
    ]
    if purchase.payment == .partialUpfront {
      // A whole number of at least half of the whole commitment.
      let whole = (purchase.upfront.micros + 999_999) / 1_000_000
      buy += ["--upfront-payment-amount", String(whole)]
    }
    buy += ["--client-token", token]
    isKnownAgain = true
  }

  static func seconds(_ years: Int) -> String? {
    switch years {
    case 1: "31536000"
    case 3: "94608000"
    default: nil
    }
  }

  /// The values of the filter `product-description`; short names of them lead to the same ones.
  private static func platform(_ system: String) -> String? {
    let known = [
      "Linux/UNIX", "Linux with SQL Server Standard", "Linux with SQL Server Web",
      "Linux with SQL Server Enterprise", "SUSE Linux", "Red Hat Enterprise Linux",
      "Red Hat Enterprise Linux with HA", "Windows", "Windows with SQL Server Standard",
      "Windows with SQL Server Web", "Windows with SQL Server Enterprise",
    ]
    let short = [
      "Linux": "Linux/UNIX", "SLES": "SUSE Linux", "SUSE": "SUSE Linux",
      "RHEL": "Red Hat Enterprise Linux",
    ]
    return short[system] ?? (known.contains(system) ? system : nil)
  }

  private static func tenancy(_ tenancy: String) -> String? {
    switch tenancy {
    case "default", "shared": "default"
    case "dedicated": "dedicated"
    default: nil
    }
  }
}
