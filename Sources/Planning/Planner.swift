import CloudCosts
import MIP

/// Finds the purchases and actions of least cost, and proves how good they are.
package struct Planner: Sendable {
  private let problem: PlanningProblem
  var effort: PlanningEffort

  package init(_ problem: PlanningProblem, effort: PlanningEffort = PlanningEffort()) {
    self.problem = problem
    self.effort = effort
  }

  /// Solves the ILP. Synchronous: GLPK's environment belongs to one thread.
  ///
  /// - Throws: `FindingsError` where a price is missing, `PlanningError` where no plan satisfies
  ///   the policy or the solver gives up.
  package func plan() throws -> Plan {
    var warm = WarmStart()
    warm.isKept = false
    return try plan(warm: &warm)
  }

  /// Solves the ILP from where a solve with another policy ended, and leaves what the next can use.
  package func plan(warm: inout WarmStart) throws -> Plan {
    let clock = Stopwatch()
    var problem = problem
    if problem.best == nil { problem.best = try Planner.reference(problem, effort: effort) }
    var builder = ModelBuilder(problem)
    let model = try builder.build()
    do {
      var plan = try solve(model, clock, &warm)
      if problem.risk?.measure.isRelative == true {
        plan.certificate.proof?.best = problem.best ?? []
      }
      return plan
    } catch PlanningError.infeasible(let clashing) where effort.relaxesClashes {
      // All of these ask about the same demand and prices.
      var memory = warm
      memory.isKept = true
      let relaxation = Relaxation(problem: problem, effort: effort, clock: clock) {
        var effort = effort
        effort.relaxesClashes = false
        effort.isTrial = true
        effort.timeLimit = $1
        return try Planner($0, effort: effort).plan(warm: &memory)
      }
      // Where nothing but the search did not find a plan, all limits are named.
      let isSmallest = clashing.count < model.limitNames.count
      throw PlanningError.infeasible(
        clashing: relaxation.explained(clashing, isSmallest: isSmallest))
    } catch let error as MIPError {
      throw PlanningError.solver("\(error)")
    }
  }

  /// The extensive form in CPLEX LP format: every hour of every SKU written out.
  package func linearProgram(named name: String) throws -> String {
    var builder = ModelBuilder(problem)
    return ExtensiveForm(try builder.build(), name: "Plimsoll: \(name)").program.lpText
  }

  /// The offers that the policy keeps off the list although the filter of offers allows them, each
  /// once.
  package func leftOutOffers() throws -> [LeftOutOffer] {
    guard problem.mayBuy, problem.policy.maxBreakEvenMonths != nil else { return [] }
    var builder = ModelBuilder(problem)
    var seen = Set<LeftOutOffer>()
    return try builder.build(reducing: false).leftOut.filter { seen.insert($0).inserted }
  }

  private func solve(
    _ model: Model, _ clock: Stopwatch, _ warm: inout WarmStart
  ) throws -> Plan {
    if model.isDecided { return plan(model, solvedTrivially(model, clock)) }
    var known = Known()
    if model.isSolvedWhole {
      if let plan = try extensivePlan(model, clock, &known) { return plan }
    } else if let solved = try solvedByParts(model, clock, &warm) {
      return plan(model, solved)
    }
    return plan(model, try decomposed(model, clock, &warm, known))
  }

  /// A decision, and what is known of it.
  struct Solved {
    var decision: Decision
    var certificate: Certificate
    /// What the solve has computed already, and need not be again.
    var known: (costToGo: CostToGo, allocation: Allocation)?
  }

  private func plan(_ model: Model, _ solved: Solved) -> Plan {
    plan(model, solved.decision, solved.certificate, known: solved.known)
  }

  // MARK: Ways to solve

  /// Nothing can be bought or done.
  func solvedTrivially(_ model: Model, _ clock: Stopwatch) -> Solved {
    let costToGo = CostToGo(model)
    let allocation = costToGo.allocate(purchased: [], actions: [])
    let proof = BoundProof.nothingToDecide(
      costToGo, costToGo.evaluate(purchased: [], actions: []))
    let decision = Decision.nothing(model)
    return Solved(
      decision: decision,
      certificate: Certificate(
        status: .optimal, stop: .gapReached, method: .trivial,
        objective: model.cost(decision, allocation), bound: proof.bound, solver: Solver.version,
        seconds: clock.seconds, proof: proof), known: (costToGo, allocation))
  }

  /// Multipliers for a small program: those of its relaxation, which the decomposition knows.
  private func relaxationProof(_ model: Model) throws -> BoundProof? {
    var effort = effort
    effort.timeLimit = 2
    let decomposition = try Decomposition(model, effort: effort, clock: Stopwatch())
    _ = try? decomposition.relax(to: 1e-9, from: decomposition.firstPoint(WarmStart()))
    return decomposition.proof
  }

  /// What the extensive form left that did not reach the gap.
  struct Known {
    var bound = -Double.infinity
    var decision: Decision?
  }

  /// Nil where branch and bound did not reach the gap in its share of the time, or where its plan
  /// keeps a coverage cap on paper only: there od may be larger than what a plan leaves uncovered.
  private func extensivePlan(
    _ model: Model, _ clock: Stopwatch, _ known: inout Known
  ) throws -> Plan? {
    let form = ExtensiveForm(model, name: "plimsoll")
    // Where numbers fail the solver the decomposition is another way.
    guard let result = try? search(form, model) else { return nil }
    if result.status == .infeasible {
      // Where nothing bought keeps the policy, numbers failed whoever says that no plan does.
      var nothing = AllocationMix(CostToGo(model), .nothing(model))
      guard nothing.keepingPolicy() == nil else { return nil }
      throw PlanningError.infeasible(
        clashing: try model.clashingLimits {
          try ExtensiveForm($0, name: "clash").isInfeasible(
            timeLimit: .seconds(5), interrupt: effort.stop.interrupt)
        }.map { ClashingLimit(row: $0) })
    }
    known.bound = result.bound
    guard !result.values.isEmpty else { return nil }
    known.decision = form.decision(result.values)
    var certificate = Certificate(
      status: .feasible, stop: .gapReached, method: .extensiveForm, objective: result.objective,
      bound: result.bound, variables: form.program.variables.count,
      rows: form.program.rows.count, solver: Solver.version, seconds: clock.seconds)
    guard certificate.gap <= effort.gap else { return nil }
    var decision = form.decision(result.values)
    if model.hasCaps {
      var mix = AllocationMix(CostToGo(model), decision)
      guard mix.keepingPolicy() != nil else { return nil }
    }
    if effort.keepsUse, let share = model.leastUse, !effort.isTrial {
      guard UseKeeper(CostToGo(model), floor: share).keeps(decision) else { return nil }
    }
    if !effort.isTrial, !effort.asksForCost {
      if let safer = try bindingLess(form, model, decision, &certificate) { decision = safer }
      certificate.proof = try relaxationProof(model)
    }
    return plan(model, decision, certificate.settled(gap: effort.gap))
  }

  private func search(_ form: ExtensiveForm, _ model: Model) throws -> MIPResult {
    var options = SearchOptions(
      relativeGap: effort.gap, timeLimit: .seconds(effort.timeLimit / 2))
    if !model.isSmall { (options.gomoryCuts, options.mirCuts) = (true, true) }
    return try Solver(form.program).solveInteger(options, interrupt: effort.stop.interrupt)
  }

  /// Among plans that cost the same, one that binds less; nil where there is none, or the search
  /// does not end soon.
  private func bindingLess(
    _ form: ExtensiveForm, _ model: Model, _ decision: Decision, _ certificate: inout Certificate
  ) throws -> Decision? {
    // Small programs are solved to the end, so only what costs the same is as good.
    let allowed = certificate.objective + 1e-9 * abs(certificate.objective)
    guard certificate.gap <= effort.gap, !effort.stop.isStopped, !model.instruments.isEmpty else {
      return nil
    }
    let second = form.minimizingLockIn(costAtMost: allowed)
    let result = try Solver(second).solveInteger(
      SearchOptions(relativeGap: 1e-6, timeLimit: .seconds(min(2, effort.timeLimit / 4))),
      interrupt: effort.stop.interrupt)
    guard !result.values.isEmpty else { return nil }
    let safer = form.decision(result.values)
    // By more than dust, lest equal plans change places.
    guard LockIn.of(safer, model) < LockIn.of(decision, model) * (1 - 1e-6) else { return nil }
    // What stays on demand was free to be more than it must be.
    let costToGo = CostToGo(model)
    let allocation = costToGo.allocate(
      purchased: costToGo.capacity(of: safer.purchases), actions: safer.actions)
    let objective = model.cost(safer, allocation)
    guard objective <= allowed, model.violation(safer, allocation) <= Decomposition.tolerance else {
      return nil
    }
    certificate.objective = objective
    return safer
  }

  func decomposed(
    _ model: Model, _ clock: Stopwatch, _ warm: inout WarmStart, _ known: Known = Known()
  ) throws -> Solved {
    let decomposition = try Decomposition(model, effort: effort, clock: clock)
    decomposition.known = known.bound
    if let decision = known.decision { decomposition.offer(decision) }
    do {
      try decomposition.run(from: warm)
    } catch let error as PlanningError {
      if warm.isKept { warm = decomposition.warmStart }
      // Where nothing bought keeps the policy, numbers failed whoever says that no plan does.
      guard decomposition.settleForLess() else { throw error }
    } catch is MIPError where model.hasImpliedRows {
      // With fewer rows its numbers may be better; what is proven of them holds.
      return try decomposed(model.withoutImpliedRows, clock, &warm, known)
    } catch is MIPError {
      // The solver is lost, and what was proven and found before is not. Where nothing was found, a
      // new one may say that no plan keeps the policy, or find one in the extensive form.
      if !decomposition.settleForLess() { try decomposition.refuseClash() }
    }
    if warm.isKept { warm = decomposition.warmStart }
    try finishWhole(decomposition, model, clock)
    // A search that came to nothing says no more of the policy than that nothing bought keeps it.
    if decomposition.best == nil { _ = decomposition.settleForLess() }
    guard let best = decomposition.best else {
      if decomposition.stop == .timeLimit || decomposition.stop == .interrupted {
        throw PlanningError.solver("It was stopped before it had found any plan.")
      }
      throw PlanningError.infeasible(clashing: model.limitNames.map { ClashingLimit(row: $0) })
    }
    let stop: Certificate.Stop =
      switch decomposition.stop {
      case .timeLimit: .timeLimit
      case .interrupted: .interrupted
      case .stalled: .stalled
      case .gapReached, nil: .gapReached
      }
    let certificate = Certificate(
      status: .feasible, stop: stop, method: .decomposition, objective: best.objective,
      bound: decomposition.proven, rounds: decomposition.rounds,
      cuts: decomposition.master.cutsAdded, variables: decomposition.master.variableCount,
      rows: decomposition.master.rowCount, solver: Solver.version, seconds: clock.seconds,
      proof: decomposition.proof
    ).settled(gap: effort.gap)
    return Solved(
      decision: best.decision, certificate: certificate,
      known: (decomposition.costToGo, best.allocation))
  }

  /// What is left open where cuts can do no more is left to the extensive form, if that is not too
  /// large, for as long as there is time.
  private func finishWhole(
    _ decomposition: Decomposition, _ model: Model, _ clock: Stopwatch
  ) throws {
    // What was tried before has left a bound.
    guard decomposition.stop == .stalled, decomposition.known == -.infinity, !effort.isTrial,
      model.extensiveSize <= 60_000, clock.seconds < effort.timeLimit * 0.9
    else { return }
    let form = ExtensiveForm(model, name: "plimsoll")
    var options = SearchOptions(relativeGap: effort.gap, timeLimit: effort.timeLeft(clock))
    (options.gomoryCuts, options.mirCuts) = (true, true)
    guard let solver = try? Solver(form.program),
      let result = try? solver.solveInteger(options, interrupt: effort.stop.interrupt)
    else { return }
    decomposition.known = max(decomposition.known, result.bound)
    if !result.values.isEmpty { decomposition.offer(form.decision(result.values)) }
    if decomposition.gap <= effort.gap {
      decomposition.stop = .gapReached
    } else if clock.seconds >= effort.timeLimit {
      decomposition.stop = .timeLimit
    }
  }

  // MARK: The answer

  /// - Parameter known: what a solve has computed already, and need not be again.
  func plan(
    _ model: Model, _ decision: Decision, _ certificate: Certificate,
    known: (CostToGo, Allocation)? = nil
  ) -> Plan {
    let costToGo = known?.0 ?? CostToGo(model)
    func allocation() -> Allocation {
      known?.1
        ?? costToGo.allocate(
          purchased: costToGo.capacity(of: decision.purchases), actions: decision.actions)
    }
    let explanation =
      effort.explains ? Explanation(costToGo, decision, allocation(), problem) : nil
    let start = problem.demand.window.start
    var purchases: [Purchase] = []
    for (j, instrument) in model.instruments.enumerated() where decision.purchases[j] > 0 {
      let commitment = instrument.commitment(
        id: "buy-\(purchases.count + 1)", amount: decision.purchases[j], windowStart: start,
        hoursPerStep: model.hoursPerStep)
      var purchase =
        explanation?.purchase(commitment, of: j) ?? Purchase(commitment: commitment, reason: "")
      purchase.part = instrument.part
      purchases.append(purchase)
    }
    purchases.sort {
      ($1.commitment.effectiveHourly, $0.commitment.id)
        < ($0.commitment.effectiveHourly, $1.commitment.id)
    }
    for p in purchases.indices { purchases[p].commitment.id = "buy-\(p + 1)" }
    var plan = Plan(
      purchases: purchases, actions: model.chosenActions(decision.actions),
      certificate: certificate.whole(hoursPerStep: model.hoursPerStep), dominated: model.dominated)
    plan.threeYearShare = model.threeYearShare(decision)
    return plan
  }
}

extension Model {
  /// The actions that are done.
  func chosenActions(_ actions: [Double]) -> [ChosenAction] {
    zip(machines, actionStarts).compactMap { machine, start in
      guard let a = machine.targets.indices.first(where: { actions[start + $0] > 0.5 })
      else { return nil }
      return machine.candidate.choosing(machine.candidate.actions[a])
    }
  }
}

extension Model {
  /// Whether rows follow from limits that have rows themselves.
  fileprivate var hasImpliedRows: Bool { withoutImpliedRows.rows.count < rows.count }

  fileprivate var withoutImpliedRows: Model {
    let names = Set(rows.map(\.name))
    var model = self
    model.rows.removeAll { $0.impliedBy.map(names.contains) == true }
    return model
  }

  /// Whether there is nothing to decide, and nothing to keep.
  var isDecided: Bool { instruments.isEmpty && machines.isEmpty && rows.isEmpty }
}

extension Certificate {
  /// That of all hours, where the model has a sample of them; there is no proof for those left out.
  fileprivate func whole(hoursPerStep: Int) -> Certificate {
    guard hoursPerStep > 1 else { return self }
    var whole = self
    whole.objective *= Double(hoursPerStep)
    whole.bound *= Double(hoursPerStep)
    whole.proof = nil
    return whole
  }

  /// The same, called optimal where the gap is as small as was asked for.
  package func settled(gap: Double) -> Certificate {
    var settled = self
    // 1e-9: a gap of nothing but floating-point dust.
    settled.status = self.gap <= max(gap, 1e-9) ? .optimal : .feasible
    return settled
  }
}

extension Instrument {
  /// The commitment that an amount of it is.
  func commitment(
    id: String, amount: Double, windowStart: Hour, hoursPerStep: Int = 1
  ) -> Commitment {
    let start = windowStart + active.lowerBound * hoursPerStep
    let subject: Commitment.Subject
    switch offer {
    case .reservation(let offer):
      let share = part.share(of: offer.sku)
      subject = .reservation(
        sku: offer.sku.zoneless, zone: offer.zone, count: amount, upfront: offer.upfront * share,
        hourly: offer.hourly * share)
    case .savingsPlan(_, let scope):
      subject = .savingsPlan(scope: scope, hourlyCommitment: amount)
    }
    var commitment = Commitment(
      id: id, account: buyer?.account ?? "", terms: offer.terms, subject: subject, start: start,
      end: start + term.hours, reach: buyer?.provider == .gcp ? .account : .shared)
    commitment.buyer = buyer?.account
    // A reservation's price has discounts taken off; a plan's commitment is stated at public rates.
    if case .savingsPlan = offer { commitment.paidShare = hourly }
    return commitment
  }
}
