import CloudCosts

/// A line of a plan, as people read it.
protocol PurchaseLine {
  var product: Product { get }
  var region: String? { get }
  var instanceType: String? { get }
  var operatingSystem: String? { get }
  var tenancy: String? { get }
  var zone: String? { get }
  var termYears: Int { get }
  var payment: PaymentOption { get }
  var amount: RunDocument.Purchase.Amount { get }
}

extension RunDocument.Purchase: PurchaseLine {}
extension RunDocument.LaterPurchase: PurchaseLine {}

extension PurchaseLine {
  /// `120 × ` or `$4.250/h`: how much of it.
  func quantityText(_ amounts: AmountText) -> String {
    switch amount {
    case .quantity(let count): AmountText.count(count) + " ×"
    case .hourlyCommitment(let money): amounts.rate(money) + "/h"
    }
  }

  /// What it is good for: `m5.xlarge us-east-1`, `m5 family us-east-1`, `any compute, any region`.
  var subjectText: String {
    typeText + (region == nil && zone == nil ? ", " : " ") + placeText
  }

  /// `m5.xlarge Windows`, `m5 family`, `any compute`; what is usual goes without saying.
  var typeText: String {
    guard product.isReservation else {
      return instanceType.map { $0 + " family" } ?? anything
    }
    let usual = ["Linux", "Linux/UNIX", "default"]
    return [instanceType, operatingSystem, tenancy].compactMap(\.self)
      .filter { !usual.contains($0) }.joined(separator: " ")
  }

  /// What a plan of the widest scope is good for.
  private var anything: String {
    guard let service = product.services.first else { return "anything" }
    // Machines, and whatever else computes: containers, functions.
    if service.isMachines { return "any \(service.usage)" }
    return product.services.count == 1
      ? "any \(service.title) usage" : "any \(service.usage) usage"
  }

  /// What it is good for, as receipts and the tokens of requests have it: words may become better
  /// ones, and a request that was sent stays the same.
  var subjectKey: String {
    subjectText.hasPrefix("any compute,")
      ? "any instance," + subjectText.dropFirst("any compute,".count) : subjectText
  }

  /// The zone or the region.
  var placeText: String { zone ?? region ?? "any region" }

  var shortProduct: String { product.shortTitle }

  /// `1 y no upfront`.
  var termText: String { "\(termYears) y " + payment.title.lowercased() }
}

extension RunDocument.Alternative {
  /// `Compute Savings Plan, 3 y no upfront`; with what it is good for, where that is not
  /// everything.
  var text: String {
    let subject = [product.title, instanceType, region].compactMap(\.self).joined(separator: " ")
    return "\(subject), \(termYears) y \(payment.title.lowercased())"
  }
}

extension RunDocument.Purchase {
  /// What it saves after those before it; in documents of older versions what its usage saves.
  var added: Money { adds ?? savings }
}

extension [RunDocument.Purchase] {
  /// The line to buy first comes first.
  var inBuyingOrder: [RunDocument.Purchase] {
    enumerated().sorted { ($0.element.order ?? 0, $0.offset) < ($1.element.order ?? 0, $1.offset) }
      .map(\.element)
  }
}
