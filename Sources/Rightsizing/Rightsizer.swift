import CloudCosts

/// What could be done with machines, and what is in the way.
package struct RightsizingAdvice: Hashable, Sendable {
  /// In the order of the history, only machines with at least one action.
  package var candidates: [RightsizingCandidate]
  package var findings: [Finding]

  package init(candidates: [RightsizingCandidate], findings: [Finding]) {
    self.candidates = candidates
    self.findings = findings
  }
}

/// Finds cheaper machines that a load would fit, hours in which a machine may stand still, and
/// machines that no one needs.
///
/// It only says what is safe and cheaper on demand; whether to do it depends on commitments, and
/// that is the optimizer's to decide.
package struct Rightsizer: Sendable {
  package let rules: RightsizingRules
  private let market: Market
  private let currency: String

  /// Families of a kind that are offered, the cheapest; of its own family all sizes that fit.
  private static let mostFamilies: [ActionKind: Int] = [
    .shape: 2, .generation: 2, .architecture: 1, .burstable: 1,
  ]

  package init(prices: PriceBook, rules: RightsizingRules = RightsizingRules()) {
    self.rules = rules
    currency = prices.currency
    market = Market(prices)
  }

  /// The actions that the whole of a history allows, for the hours that lie in `window`.
  ///
  /// Complexity: machines × (hours × log hours + types on sale).
  ///
  /// - Parameter isShrinking: as in `MachineHours`.
  package func advice(
    _ history: UtilizationHistory, window: HourWindow, isShrinking: Bool = false
  ) -> RightsizingAdvice {
    advice(
      history, machines: MachineHours(history, window: window, isShrinking: isShrinking))
  }

  /// The same for machines that run in hours of their own, as in a future.
  func advice(_ history: UtilizationHistory, machines: MachineHours) -> RightsizingAdvice {
    var candidates: [RightsizingCandidate] = []
    var refusals = RefusalTally()
    var silent = SilentMachines(rules: rules)
    var fleets = Fleets()
    history.unmeasured.forEach { fleets.add($0) }
    for series in history.series {
      let running = machines.running(series)
      if !running.isEmpty || series.hours.isEmpty { fleets.add(series.resource) }
      // Percentages of two types cannot be compared with a third one.
      guard !running.isEmpty, !series.resource.isResized, !series.resource.isMismeasured else {
        continue
      }
      guard let load = Load(series, rules: rules) else {
        silent.addShort(series)
        continue
      }
      guard let from = market.offer(series.resource.group.sku) else {
        silent.addUnknown(series.resource)
        continue
      }
      var actions = choice(from, load, series.resource, &refusals)
      if let action = schedule(series, running, machines.window.start) {
        if allows(.schedule, series.resource) {
          actions.append(action)
        } else {
          let share = Double(action.hours?.count ?? 0) / Double(running.count)
          refusals.add(.schedule, series.resource.id, saving: from.onDemand * share)
        }
      }
      if let action = termination(from, load) { actions.insert(action, at: 0) }
      guard !actions.isEmpty else { continue }
      var candidate = RightsizingCandidate(
        resource: series.resource, runningHours: running, actions: actions)
      candidate.alongside = machines.alongside(series.resource.group)
      candidates.append(candidate)
    }
    candidates = fleets.together(candidates, saving: saving)
    return RightsizingAdvice(
      candidates: candidates,
      findings: silent.findings + refusals.findings(currency: currency)
        + fleets.findings(currency: currency))
  }

  /// What the best of a machine's actions saves on demand, currency units per hour that it runs.
  private func saving(_ candidate: RightsizingCandidate) -> Double {
    guard let now = market.offer(candidate.resource.group.sku)?.onDemand else { return 0 }
    return candidate.actions.map { action in
      if let target = action.target { return now - (market.offer(target)?.onDemand ?? now) }
      let stopped = action.hours?.count ?? candidate.runningHours.count
      return now * Double(stopped) / Double(max(1, candidate.runningHours.count))
    }.max() ?? 0
  }

  private func allows(_ kind: ActionKind, _ resource: Resource) -> Bool {
    rules.actions.contains(kind) || resource.consent.contains(kind)
  }

  // MARK: Another type

  private func choice(
    _ from: Market.Offer, _ load: Load, _ resource: Resource, _ refusals: inout RefusalTally
  ) -> [CandidateAction] {
    let check = FitCheck(from: from, load: load, rules: rules)
    var chosen: [ActionKind: [Market.Offer]] = [:]
    var refused: [Refusal: Market.Offer] = [:]
    for offer in market.cheaper(than: from) {
      guard let kind = from.change(to: offer), !isFull(kind, offer, chosen) else { continue }
      let missing = missingConsent(kind, offer, resource)
      guard missing.isEmpty else {
        // What needs two words is not asked for.
        if missing.count == 1, let consent = Refusal(missing: missing[0]), refused[consent] == nil,
          check.refusal(offer) == nil, check.hasCredits(offer)
        {
          refused[consent] = offer
        }
        continue
      }
      if let refusal = check.refusal(offer) {
        if refused[refusal] == nil { refused[refusal] = offer }
      } else if !check.hasCredits(offer) {
        if refused[.credits] == nil { refused[.credits] = offer }
      } else {
        chosen[kind, default: []].append(offer)
      }
    }
    if chosen.isEmpty, refused.isEmpty, check.halfWouldDo {
      refusals.add(.nothingCheaper, resource.id, saving: nil)
    }
    limitSizes(&chosen, from)
    tally(refused, chosen, from, resource, &refusals)
    return chosen.sorted { $0.key < $1.key }.flatMap { kind, offers in
      // Sizes from the largest down, families from the cheapest up.
      (kind == .size ? offers.reversed() : offers).map {
        resize(check, to: $0, kind, zone: resource.group.sku.zone)
      }
    }
  }

  /// What someone would have to allow before a machine may become this.
  private func missingConsent(
    _ kind: ActionKind, _ offer: Market.Offer, _ resource: Resource
  ) -> [ActionKind] {
    let isBurstable = offer.type.shape == .burstable && kind != .size && kind != .burstable
    return ([kind] + (isBurstable ? [.burstable] : [])).filter { !allows($0, resource) }
  }

  /// Of a family the cheapest type that fits, and of a kind the cheapest families.
  private func isFull(
    _ kind: ActionKind, _ offer: Market.Offer, _ chosen: [ActionKind: [Market.Offer]]
  ) -> Bool {
    guard let most = Self.mostFamilies[kind], let known = chosen[kind] else { return false }
    return known.count >= most || known.contains { $0.family == offer.family }
  }

  private func limitSizes(_ chosen: inout [ActionKind: [Market.Offer]], _ from: Market.Offer) {
    guard let most = rules.maxSizesDown, let sizes = chosen[.size] else { return }
    let ladder = market.cheaper(than: from).filter {
      $0.family == from.family && !$0.isMetal && $0.type.processors < from.type.processors
    }.suffix(max(0, most))
    let kept = sizes.filter { ladder.contains($0) }
    chosen[.size] = kept.isEmpty ? nil : kept
  }

  private func tally(
    _ refused: [Refusal: Market.Offer], _ chosen: [ActionKind: [Market.Offer]],
    _ from: Market.Offer, _ resource: Resource, _ refusals: inout RefusalTally
  ) {
    let best = chosen.values.joined().map(\.onDemand).min()
    let questions = refused.filter {
      $0.key.isQuestion && $0.value.onDemand < best ?? from.onDemand
    }
    for (refusal, offer) in questions {
      refusals.add(refusal, resource.id, saving: (best ?? from.onDemand) - offer.onDemand)
    }
    guard best == nil, questions.isEmpty,
      let refusal = Refusal.allCases.first(where: { refused[$0] != nil }),
      let offer = refused[refusal]
    else { return }
    refusals.add(refusal, resource.id, saving: from.onDemand - offer.onDemand)
  }

  private func resize(
    _ check: FitCheck, to offer: Market.Offer, _ kind: ActionKind, zone: String
  ) -> CandidateAction {
    let fit = check.fit(offer)
    return action(
      target: offer.sku.inZone(zone), ReasonText(check: check, to: offer, fit: fit).text, kind, fit)
  }

  private func action(
    target: SKU?, _ reason: String, _ kind: ActionKind, _ fit: ActionFit?
  ) -> CandidateAction {
    let effort = rules.hoursOfWork(kind)
    return CandidateAction(
      target: target, reason: reason, kind: kind, fit: fit, effort: effort,
      cost: effort * rules.hourlyRate)
  }

  // MARK: Less of it

  private func termination(_ from: Market.Offer, _ load: Load) -> CandidateAction? {
    guard rules.actions.contains(.terminate),
      let percentile = load.percentile(rules.cpuPercentile, of: .cpu),
      let highest = load.percentile(100, of: .cpu), percentile < rules.idleCPU,
      highest < rules.idleCPU
    else { return nil }
    let name = Text.ordinal(rules.cpuPercentile)
    return action(
      target: nil,
      "Idle: \(name) percentile of CPU \(Text.percent(percentile)) and highest "
        + "CPU \(Text.percent(highest)) in \(load.hours) hours, both below "
        + "\(Text.limit(rules.idleCPU)).", .terminate, nil)
  }

  private func schedule(
    _ series: UtilizationSeries, _ running: [Int], _ start: Hour
  ) -> CandidateAction? {
    guard let week = IdleWeek(series, idleCPU: rules.idleCPU) else { return nil }
    let stopped = week.stopped(running, from: start)
    guard !stopped.isEmpty else { return nil }
    var action = action(
      target: nil,
      "In \(week.hoursAWeek) hours of the week its CPU never came to \(Text.limit(rules.idleCPU)):"
        + " stopped there (UTC: \(week.text)), and started \(IdleWeek.margin) hour before it is"
        + " needed.", .schedule, nil)
    action.hours = stopped
    return action
  }
}

extension FitCheck {
  /// Credits must last for a load that is higher by this factor: one that grows past the baseline
  /// is throttled day after day, and not in single hours.
  private static let creditMargin = 1.5

  /// Whether CPU credits last in every hour.
  func hasCredits(_ to: Market.Offer) -> Bool {
    guard let simulation = CreditSimulation(to.type), let ratio = cpuRatio(to) else { return true }
    return simulation.throttledHours(load, ratio: ratio * Self.creditMargin).isEmpty
  }
}

extension Rightsizer {
  /// How a machine's history would fit a type, whatever the rules say; nil where the type is not
  /// known, or too few hours are.
  package func fit(_ series: UtilizationSeries, to target: SKU) -> ActionFit? {
    guard let load = Load(series, rules: rules), let from = market.offer(series.resource.group.sku),
      let to = market.offer(target)
    else { return nil }
    return FitCheck(from: from, load: load, rules: rules).fit(to)
  }
}
