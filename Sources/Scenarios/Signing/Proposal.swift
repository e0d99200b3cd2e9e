import Billing
import CloudCosts
import Foundation
import Ingest
import Planning

/// What somebody proposes to buy, judged next to what the optimizer would.
package struct JudgedProposal: Sendable {
  package var scenario: String
  package var run: String
  package var currency: String
  package var window: HourWindow
  /// The bill with what is owned and what is proposed.
  package var outcome: Outcome
  package var current: Money
  package var onDemand: Money
  /// The same with usage fallen by `Frontier.drops` and more: against buying nothing new.
  package var downside: [Frontier.Downside]
  /// Limits of the scenario's policy that it does not keep.
  package var missed: [String]
  /// What the optimizer buys under the policy; nil where no plan keeps it, or that was not asked
  /// for.
  package var best: Outcome?
  package var findings: [Finding]

  /// By how much usage falls.
  package static let drops = [0.1, 0.2, 0.3, 0.5]
}

extension ScenarioRunner {
  /// Judges purchases that somebody proposes.
  ///
  /// - Parameters:
  ///   - texts: each a purchase in words (`ProposalText`), or the path of a CSV file of them.
  ///   - findsBest: whether to plan, so that the distance from the best plan is known.
  /// - Throws: `FindingsError` with everything that is wrong in scenario and proposal.
  package func judge(
    _ texts: [String], run: String? = nil, findsBest: Bool = true,
    progress: (String) -> Void = { _ in }
  ) throws(FindingsError) -> JudgedProposal {
    let loaded = try load()
    var findings = loaded.findings
    let data = try loaded.set.scenario(named: run, rule: "judge.unknown-run")
    var inputs = try inputs(of: data, findings: &findings)
    let proposed = try proposal(texts, inputs, &findings)
    do {
      var best: Outcome?
      if findsBest {
        inputs.compare = [.committed]
        do {
          var planner = OutcomePlanner(inputs)
          best = try planner.run(progress: progress).outcomes.first
        } catch PlanningError.infeasible(let clashing) {
          var clash = ClashText(clashing, inputs).finding
          clash.severity = .warning
          findings.append(clash)
        }
      }
      var judged = try OutcomePlanner(inputs).judged(proposed)
      judged.scenario = loaded.set.name
      judged.best = best
      judged.findings = findings.withoutRepeats()
      return judged
    } catch {
      throw FindingsError(findings + PlanFindings.explaining(error, inputs))
    }
  }

  private func proposal(
    _ texts: [String], _ inputs: ScenarioInputs, _ findings: inout [Finding]
  ) throws(FindingsError) -> [Commitment] {
    var reader = ProposalText(prices: inputs.prices, demand: inputs.demand)
    var proposed: [ProposedPurchase] = []
    for (index, text) in texts.enumerated() {
      let isFile = text.hasSuffix(".csv") || text.hasSuffix(".csv.gz")
      if isFile || FileManager.default.fileExists(atPath: text) {
        let reading = ProposalReader.read(InputFile(path: text))
        findings += reading.findings
        proposed += reading.value ?? []
      } else if let purchase = reader.purchase(text, place: "--buy \(index + 1)") {
        proposed.append(purchase)
      }
    }
    findings += reader.findings
    var commitments: [Commitment] = []
    for (index, purchase) in proposed.enumerated() {
      let claim = purchase.claim(at: inputs.demand.window.start)
      if let commitment = claim?.commitment(id: "buy-\(index + 1)", inputs.prices) {
        commitments.append(commitment)
      } else {
        findings.append(purchase.notOnSale(inputs.prices))
      }
    }
    guard !findings.hasErrors else { throw FindingsError(findings.withoutRepeats()) }
    return commitments
  }
}

extension ProposedPurchase {
  /// Nil where what it is for is not named.
  func claim(at windowStart: Hour) -> PurchaseClaim? {
    guard let provider = terms.product.provider else { return nil }
    let subject: PurchaseClaim.Subject
    if terms.product.isReservation {
      let sku = SKU(
        provider: provider, region: region, instanceType: instanceType,
        operatingSystem: operatingSystem.isEmpty ? "Linux" : operatingSystem,
        tenancy: tenancy.isEmpty ? "default" : tenancy)
      subject = .reservation(sku: sku, zone: zone.isEmpty ? nil : zone, count: amount)
    } else {
      var scope = SavingsPlanScope(provider: provider)
      if terms.product == .ec2InstanceSavingsPlan {
        scope.region = region
        scope.family = String(instanceType.prefix { $0 != "." })
      }
      subject = .savingsPlan(scope: scope, hourlyCommitment: amount)
    }
    return PurchaseClaim(
      terms: terms, account: account, subject: subject, start: start ?? windowStart)
  }

  /// Why it has no price, with what the price book sells instead.
  func notOnSale(_ prices: PriceBook) -> Finding {
    let name = "\(terms.product.rawValue) \(terms.term.years)y \(terms.payment.rawValue)"
    let subject = [instanceType, region, zone].filter { !$0.isEmpty }.joined(separator: " ")
    let sold = Set(
      prices.reservations.filter { $0.sku.instanceType == instanceType || instanceType.isEmpty }
        .map(\.terms.asListed) + prices.savingsPlanRates.keys.map(\.asListed)
    ).sorted().map { "\($0.product.rawValue) \($0.term.years)y \($0.payment.rawValue)" }
    return Finding(
      .error, rule: "judge.no-price", place: place,
      message: "the scenario's prices do not sell \(name)"
        + (subject.isEmpty ? "" : " for \(subject)"),
      remedy: sold.isEmpty
        ? "add its price to the price file"
        : "name one of: \(sold.prefix(8).joined(separator: "; "))"
          + (terms.product.isReservation ? ", with an instance type and a region" : ""))
  }
}
