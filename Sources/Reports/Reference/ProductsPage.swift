import CloudCosts

/// What can be bought, and the services whose usage is metered.
enum ProductsPage {
  static var text: String {
    "## Products\n\n"
      + ReferencePage.table(
        ["product", "name", "bought in", "covers", "where", "terms", "payments"],
        Product.allCases.filter { $0 != .onDemand }.map(row))
      + "\n## Services\n\n"
      + ReferencePage.table(
        ["service", "provider", "name", "counted in", "covered by"],
        Service.allCases.map(row))
  }

  private static func row(_ product: Product) -> [String] {
    let terms = [Term.oneYear, .threeYears].filter { term in
      PaymentOption.allCases.contains { product.isSold(for: term, payment: $0) }
    }
    let payments = PaymentOption.allCases.filter { payment in
      terms.contains { product.isSold(for: $0, payment: payment) }
    }
    return [
      ReferencePage.code(product.rawValue), product.title,
      product.isReservation ? "instances" : "money per hour",
      product.services.map(\.title).joined(separator: ", "), reach(product),
      terms.map { "\($0.years)" }.joined(separator: ", "),
      payments.map(\.rawValue).joined(separator: ", "),
    ]
  }

  private static func reach(_ product: Product) -> String {
    if product.isReservation { return product.canBeZonal ? "a region, or a zone" : "a region" }
    return switch product.scope {
    case .family: "a family in a region"
    case .region: "a region"
    case .everywhere: "everywhere"
    }
  }

  private static func row(_ service: Service) -> [String] {
    let products = Product.allCases.filter {
      $0 != .onDemand && $0.services.contains(service)
    }
    return [
      ReferencePage.code(service.name), service.provider.rawValue, service.title,
      service.units.joined(separator: ", "),
      products.map { ReferencePage.code($0.rawValue) }.joined(separator: ", "),
    ]
  }
}
