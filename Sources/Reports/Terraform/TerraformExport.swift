import CloudCosts

/// A plan's purchases as a Terraform configuration, where a provider of Terraform can buy them.
///
/// Resources: `aws_savingsplans_savings_plan` (hashicorp/aws), `google_compute_region_commitment`
/// (hashicorp/google), `azapi_resource` of types `Microsoft.Capacity/reservationOrders` and
/// `Microsoft.BillingBenefits/savingsPlanOrderAliases` (azure/azapi). What can only be known when
/// one buys (an offering's identifier, a billing scope) is a variable. Reserved instances of AWS
/// and Google's flexible commitments have no resource: they are comments, and findings.
package struct TerraformExport: Sendable {
  package let text: String
  /// What the configuration does not buy.
  package let findings: [Finding]

  package init(_ selection: PlanSelection) {
    var writer = TerraformWriter(selection)
    for (offset, purchase) in selection.plan.purchases.inBuyingOrder.enumerated() {
      writer.add(purchase, number: offset + 1)
    }
    text = writer.text
    findings = writer.findings
  }
}

private struct TerraformWriter {
  private let selection: PlanSelection
  private var body: [String] = []
  private var providers: [String: (source: String, version: String)] = [:]
  private var variables: [(name: String, description: String)] = []
  private(set) var findings: [Finding] = []

  init(_ selection: PlanSelection) { self.selection = selection }

  mutating func add(_ purchase: RunDocument.Purchase, number: Int) {
    body.append("")
    body += comments(purchase, number)
    let bought = resource(purchase, number)
    guard !bought.isEmpty else { return leaveOut(purchase, number) }
    body += bought
  }

  private func comments(_ purchase: RunDocument.Purchase, _ number: Int) -> [String] {
    let amounts = AmountText(currency: selection.currency)
    return ShellText.comment(
      "\(number): \(purchase.quantityText(amounts)) \(purchase.subjectText), "
        + "\(purchase.product.title), \(purchase.termText), from \(purchase.start.prefix(10))."
        + (purchase.account.isEmpty ? "" : " Account \(purchase.account)."))
  }

  /// Empty where Terraform cannot buy it.
  private mutating func resource(_ purchase: RunDocument.Purchase, _ number: Int) -> [String] {
    let name = "purchase_\(number)"
    switch (purchase.provider, purchase.product.isReservation) {
    case (.aws, false): return savingsPlan(purchase, name)
    case (.azure, true): return reservation(purchase, name)
    case (.azure, false): return azureSavingsPlan(purchase, name)
    case (.gcp, true): return commitment(purchase, name)
    case (.aws, true), (.gcp, false): return []
    }
  }

  private mutating func leaveOut(_ purchase: RunDocument.Purchase, _ number: Int) {
    let amounts = AmountText(currency: selection.currency)
    body += ShellText.comment(
      "No provider of Terraform has a resource for this; buy it with "
        + "`plimsoll export --format commands`, or in the provider's console.")
    findings.append(
      Finding(
        .warning, rule: "export.not-in-terraform", place: "purchase \(number)",
        message: "\(purchase.quantityText(amounts)) \(purchase.subjectText), "
          + "\(purchase.product.title) (\(amounts.headline(purchase.cost)) in the window), has no "
          + "Terraform resource and is a comment",
        remedy: "buy it with `plimsoll export --format commands`"))
  }

  // MARK: AWS

  private mutating func savingsPlan(_ purchase: RunDocument.Purchase, _ name: String) -> [String] {
    guard case .hourlyCommitment(let hourly) = purchase.amount else { return [] }
    providers["aws"] = ("hashicorp/aws", ">= 6.31")
    let variable = "\(name)_offering_id"
    let call = AWSPurchase(purchase, currency: selection.currency, token: name)?.lookup ?? []
    variables.append(
      (
        variable,
        "Offering of \(purchase.product.title), \(purchase.termText): "
          + call.map(ShellText.quoted).joined(separator: " ")
      ))
    var lines: [TerraformText.Line] = [
      .attribute("savings_plan_offering_id", "var.\(variable)"),
      .attribute(
        "commitment", TerraformText.quoted(hourly.formatted(decimals: 3, grouped: false))),
    ]
    if purchase.payment == .partialUpfront {
      // A whole number of at least half of the whole commitment.
      let whole = (purchase.upfront.micros + 999_999) / 1_000_000
      lines.append(.attribute("upfront_payment_amount", TerraformText.quoted(String(whole))))
    }
    if purchase.start > selection.window.from {
      lines.append(.attribute("purchase_time", TerraformText.quoted(purchase.start)))
    }
    lines.append(.object("tags", tags(purchase)))
    return TerraformText.block("resource \"aws_savingsplans_savings_plan\" \"\(name)\"", lines)
  }

  private func tags(_ purchase: RunDocument.Purchase) -> [TerraformText.Line] {
    [
      .attribute("plan", TerraformText.quoted(selection.scenario)),
      .attribute("run", TerraformText.quoted(selection.run)),
    ]
  }

  // MARK: Azure

  private mutating func reservation(_ purchase: RunDocument.Purchase, _ name: String) -> [String] {
    guard let offer = AzureOffer(purchase), offer.isKnown, let region = offer.region
    else { return [] }
    useAzure()
    variables.append(
      (
        "\(name)_order_id",
        "reservationOrderId that a call of Microsoft.Capacity/calculatePrice returns"
      ))
    return azure(
      "Microsoft.Capacity/reservationOrders@2022-11-01", name, "var.\(name)_order_id", offer.name,
      [.attribute("location", TerraformText.quoted(region))],
      properties: [
        .attribute("reservedResourceType", TerraformText.quoted(offer.reserved)),
        .attribute("quantity", String(offer.count)),
      ]
        + (offer.isMachine
          ? [
            .object(
              "reservedResourceProperties",
              [.attribute("instanceFlexibility", TerraformText.quoted("On"))])
          ] : []),
      purchase)
  }

  private mutating func azureSavingsPlan(
    _ purchase: RunDocument.Purchase, _ name: String
  ) -> [String] {
    guard case .hourlyCommitment(let hourly) = purchase.amount,
      purchase.product == .azureSavingsPlan
    else { return [] }
    useAzure()
    let amount = hourly.formatted(decimals: 3, grouped: false)
    return azure(
      "Microsoft.BillingBenefits/savingsPlanOrderAliases@2022-11-01", name,
      TerraformText.quoted("plimsoll-\(name.replacing("_", with: "-"))"),
      "Compute_Savings_Plan", [],
      properties: [
        .object(
          "commitment",
          [
            .attribute("grain", TerraformText.quoted("Hourly")),
            .attribute("currencyCode", TerraformText.quoted(selection.currency)),
            .attribute("amount", amount),
          ])
      ], purchase)
  }

  private mutating func useAzure() {
    providers["azapi"] = ("azure/azapi", ">= 2.0")
    guard !variables.contains(where: { $0.name == "billing_scope_id" }) else { return }
    variables.append(
      ("billing_scope_id", "Subscription that pays: /subscriptions/00000000-0000-…"))
  }

  private func azure(
    _ type: String, _ name: String, _ resourceName: String, _ sku: String,
    _ top: [TerraformText.Line], properties: [TerraformText.Line],
    _ purchase: RunDocument.Purchase
  ) -> [String] {
    let billing = purchase.payment == .allUpfront ? "Upfront" : "Monthly"
    let isPlan = type.contains("BillingBenefits")
    let common: [TerraformText.Line] = [
      .attribute("billingScopeId", "var.billing_scope_id"),
      .attribute("term", TerraformText.quoted("P\(purchase.termYears)Y")),
      .attribute("displayName", TerraformText.quoted("plimsoll \(name)")),
      .attribute("appliedScopeType", TerraformText.quoted("Shared")),
    ]
    // Plans are billed at once where no interval is named.
    let plan: [TerraformText.Line] =
      isPlan
      ? (billing == "Monthly" ? [.attribute("billingPlan", TerraformText.quoted("P1M"))] : [])
      : [.attribute("billingPlan", TerraformText.quoted(billing))]
    return TerraformText.block(
      "resource \"azapi_resource\" \"\(name)\"",
      [
        .attribute("type", TerraformText.quoted(type)),
        .attribute("name", resourceName),
        .attribute("parent_id", TerraformText.quoted("/")),
        .object(
          "body",
          top + [
            .object("sku", [.attribute("name", TerraformText.quoted(sku))]),
            .object("properties", common + plan + properties),
          ]),
      ])
  }

  // MARK: Google

  private mutating func commitment(_ purchase: RunDocument.Purchase, _ name: String) -> [String] {
    guard let offer = GoogleOffer(purchase) else { return [] }
    providers["google"] = ("hashicorp/google", ">= 6.0")
    return TerraformText.block(
      "resource \"google_compute_region_commitment\" \"\(name)\"",
      [
        .attribute("name", TerraformText.quoted("plimsoll-\(name.replacing("_", with: "-"))")),
        .attribute("region", TerraformText.quoted(offer.region)),
        .attribute(
          "plan",
          TerraformText.quoted(purchase.termYears == 3 ? "THIRTY_SIX_MONTH" : "TWELVE_MONTH")
        ),
        .attribute("type", TerraformText.quoted(offer.kind)),
        .attribute("auto_renew", "false"),
        .block(
          "resources",
          [
            .attribute("type", TerraformText.quoted("VCPU")),
            .attribute("amount", TerraformText.quoted(String(offer.processors))),
          ]),
        .block(
          "resources",
          [
            .attribute("type", TerraformText.quoted("MEMORY")),
            .attribute("amount", TerraformText.quoted(String(offer.megabytes))),
          ]),
      ])
  }

  // MARK: The whole

  var text: String {
    var lines = heading
    if !providers.isEmpty {
      let required = providers.sorted { $0.key < $1.key }.map { name, provider in
        TerraformText.Line.object(
          name,
          [
            .attribute("source", TerraformText.quoted(provider.source)),
            .attribute("version", TerraformText.quoted(provider.version)),
          ])
      }
      lines.append("")
      lines += TerraformText.block("terraform", [.block("required_providers", required)])
    }
    for (name, description) in variables {
      lines.append("")
      lines += TerraformText.block(
        "variable \"\(name)\"",
        [
          .attribute("type", "string"),
          .attribute("description", TerraformText.quoted(description)),
        ])
    }
    return (lines + body).joined(separator: "\n") + "\n"
  }

  private var heading: [String] {
    let plan = selection.plan
    let amounts = AmountText(currency: selection.currency)
    var comments = [
      "Made by \(OutputMark.name). `terraform apply` BUYS; what is bought cannot be destroyed.",
      "Scenario \(selection.scenario), run \(selection.run), plan \(selection.outcome.name): "
        + "\(AmountText.plural(plan.purchases.count, "purchase")), "
        + "\(amounts.cents(plan.totalCommitted)) to the end of their terms.",
    ]
    if !findings.isEmpty {
      comments.append(
        "\(findings.count) of them have no Terraform resource: see the comments below.")
    }
    if !plan.actions.isEmpty {
      comments.append(
        "FIRST resize \(AmountText.plural(plan.actions.count, "machine")) "
          + "(recommendations.csv): the purchases fit what is left after that.")
    }
    return comments.flatMap(ShellText.comment)
  }
}
