import CloudCosts

/// The ILP in plain numbers, before it is handed to a solver.
///
///     min   Σ_j cost_j x_j  +  Σ_ia cost_ia z_ia  +  ρ(Σ_{h in path ω} Σ_g p_g od_gh)  +  constant
///     s.t.  od_gh + Σ_k cov_kgh  ≥  d_gh + Σ_ia δ_iagh z_ia                    every g, h
///           Σ_g a_kg cov_kgh     ≤  owned_kh + Σ_{j in k, active at h} unit_j x_j   every k, h
///           Σ_a z_ia             ≤  1                                          every machine i
///           minimum_j y_j ≤ x_j ≤ upper_j y_j                                 every switch
///           policy rows, over x, y, z, Σ od of a class of usage and Σ cov of a pool
///           x_j / grid_j integer, y, z binary; od, cov ≥ 0
///
/// `g` runs over SKUs (accounts share commitments, so their usage is added up; where the policy
/// names an account, its usage is a `g` of its own, and so is that of accounts which other
/// commitments serve: `SharingDomains`), `k` over pools, `j` over instruments.
///
/// `h` runs over the hours of all paths ω, laid end to end; ρ is the cost of the one path, or what
/// `PathRisk` makes of several. Purchases are made once and are active in the same hours of every
/// path. Where policy rows sum over hours, they mean the expected sum: each hour counts by its
/// path's probability.
struct Model: Sendable {
  var hours: Int
  /// The paths that the hours belong to, and what is minimised of their costs.
  var risk = PathRisk.none
  /// The SKUs whose usage a pool can cover, or that the policy counts as eligible.
  var skus: [SKU]
  /// What limits on shares of the usage count an instance-hour as, where that is not `price`: the
  /// price before the provider's discount for sustained use, as the bill counts coverage. Empty:
  /// `price`.
  var worths: [Double] = []
  /// The account of each `g`; nil: all accounts that the policy does not name. Empty: it names
  /// none.
  var accounts: [String?] = []
  /// The sharing domain of each `g`; empty: all usage is shared.
  var domains: [Int] = []
  /// On-demand price of each SKU per instance-hour. Where the provider discounts sustained use
  /// (Google) this is the least it can come to, so that the bound holds: the discount of a month
  /// depends on all of its hours, and no sum of hours does. The judge bills what it really comes
  /// to. (`OnDemandPricing.list` has it without any discount instead, and with `.ordered` usage
  /// in hours with other prices is a `g` of its own.)
  var price: [Double]
  var demand: ModelDemand
  var pools: [Pool]
  var instruments: [Instrument]
  var machines: [Machine]
  /// Decisions whether to buy something at all, for rows that count purchases or ask for a least
  /// amount.
  var switches: [Switch] = []
  var rows: [PolicyRow]
  /// Cost that no decision changes: owned commitments, and usage that nothing can cover.
  var constant: Double
  /// On-demand cost of the eligible usage before any action: what coverage is a share of.
  var eligible: Double
  /// On-demand cost of the other usage before any action; nothing ever covers it.
  var ineligible = 0.0
  /// What each SKU's (expected) usage counts as before any action, at `worth`.
  var listCosts: [Double] = []
  /// SKUs (indices) whose usage is not eligible.
  var ineligibleSKUs: Set<Int> = []
  /// For each SKU the class of usage that rows of the policy may count apart: 0 ..< `classCount`.
  var classes: [Int] = []
  var classCount = 1
  /// Offers that another one makes pointless, and that are not among the instruments for that
  /// reason.
  var dominated: [DominatedOffer] = []
  /// What the classes are; empty where all usage is one.
  var usageClasses: [UsageClass] = []
  /// The share of each purchase that must be used.
  var leastUse: Double?
  /// The same where rows over purchases alone ask for it.
  var useFloor: Double?
  /// See `PlanningProblem.ownedCoverage`.
  var ownedCoverage: [String: Double] = [:]
  /// Whether all usage is of one account, so that no commitment's owner matters.
  var hasOneAccount = false
  /// SKUs (indices) whose usage nothing is bought for.
  var excluded: Set<Int> = []
  /// The first hour of the window.
  var start = Hour(sinceEpoch: 0)
  /// How many hours an hour of the model represents; costs are those of the model's hours alone.
  var hoursPerStep = 1
  /// What is owned and ends in a month, in currency units per hour.
  var ownedExpiring: [CalendarMonth: Double] = [:]
  /// Set where the plan is one step of a walk.
  var step: WalkStep?
  /// Whether owned commitments serve all usage that their pool does; see
  /// `PlanningProblem.keepsOwnedUse`.
  var countsOwnedUse = true
  /// Contract years of spend commitments.
  var spendRows: [SpendRow] = []
  /// Offers that the policy keeps off the list.
  var leftOut: [LeftOutOffer] = []

  /// Hours of one path.
  var pathHours: Int { hours / risk.probabilities.count }

  /// An hour of the model as an hour of the window.
  func windowHour(_ h: Int) -> Int { risk.probabilities.count == 1 ? h : h % pathHours }

  /// The probability of the path that an hour lies in.
  func probability(_ h: Int) -> Double { risk.probabilities[h / max(1, pathHours)] }

  /// The class of a SKU's usage.
  func usageClass(_ g: Int) -> Int { classes.isEmpty ? 0 : classes[g] }

  /// What limits on shares of the usage count an instance-hour as.
  func worth(_ g: Int) -> Double { worths.isEmpty ? price[g] : worths[g] }

  /// The account of a `g`; nil: all accounts that the policy does not name.
  func account(_ g: Int) -> String? { accounts.isEmpty ? nil : accounts[g] }

  /// Whether the extensive form is small enough to be solved as it is.
  var isSmall: Bool { extensiveSize <= 1500 && instruments.count + machines.count <= 60 }

  /// Whether it is solved as the extensive form first. Where rows tell classes of usage or the use
  /// of pools apart, cuts have many directions, and GLPK is the quicker on programs of some
  /// thousand variables.
  var isSolvedWhole: Bool { isSmall || (countsParts || !spendRows.isEmpty) && !isLarge }

  /// Whether the extensive form is out of reach.
  var isLarge: Bool { extensiveSize > 20_000 || instruments.count + machines.count > 200 }

  /// The variables of the extensive form that belong to an hour: od and cov.
  var extensiveSize: Int { hours * pools.reduce(skus.count) { $0 + $1.members.count } }

  /// A machine whose group may change.
  struct Machine: Sendable {
    var candidate: RightsizingCandidate
    /// Index into `skus`.
    var from: Int
    /// One for each action of the candidate: index into `skus`, or nil to stop or terminate.
    var targets: [Int?]
    /// For each action what it moves: the machine, or its vCPUs and its memory where these count
    /// apart; a licence that is metered apart.
    var moves: [[Move]]
    /// For each action the hours of a path (ascending) whose usage it changes.
    var hours: [[Int]]
    /// For each action what it costs once.
    var costs: [Double]
    /// For each hour of the model, of all paths, what of an instance-hour the machine runs; nil: 1.
    var share: [Double]?

    /// Usage that leaves a SKU and joins another; nil: none. Indices into `skus`.
    struct Move: Sendable {
      var from: Int
      var to: Int?
      /// Those of the action's hours (ascending) in which it does, where hours of a month have
      /// prices of their own; nil: all.
      var hours: [Int]?
    }

    /// The hours of a path (ascending) in which an action moves something.
    func hours(of move: Move, _ a: Int) -> [Int] { move.hours ?? hours[a] }

    func share(_ h: Int) -> Double { share?[h] ?? 1 }
  }

  /// Hours of a path as hours of the model: those of every path.
  func inAllPaths(_ hours: [Int]) -> [Int] {
    let paths = risk.probabilities.count
    return paths == 1 ? hours : (0..<paths).flatMap { path in hours.map { path * pathHours + $0 } }
  }

  /// The expected instance-hours that an action moves.
  func movedHours(_ machine: Machine, _ a: Int) -> Double {
    movedHours(machine, machine.hours[a])
  }

  /// The expected instance-hours that one of an action's moves takes along.
  func movedHours(_ machine: Machine, _ a: Int, _ move: Machine.Move) -> Double {
    movedHours(machine, machine.hours(of: move, a))
  }

  private func movedHours(_ machine: Machine, _ hours: [Int]) -> Double {
    guard machine.share != nil else { return Double(hours.count) }
    return inAllPaths(hours).reduce(0) { $0 + probability($1) * machine.share($1) }
  }

  /// The cost of each action of each machine, in order.
  var actionCosts: [Double] { machines.flatMap(\.costs) }
}

/// Whether an instrument is bought at all: y ∈ {0, 1} with minimum y ≤ x ≤ upper y.
struct Switch: Hashable, Sendable {
  var instrument: Int
  /// The least that is bought if anything is; 0 asks for nothing.
  var minimum: Double = 0
}

/// Capacity that is interchangeable: what reservations of one scope, or savings plans at one list
/// of rates, bring in an hour.
struct Pool: Sendable {
  /// What came first in the provider's order is served first in the waterfall.
  enum Level: Int, Comparable, Sendable {
    case reservation, family, everything
    static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
  }

  var level: Level
  /// The SKUs it covers, ascending, each with the capacity that an instance-hour takes.
  var members: [Member]
  /// What is owned: capacity in stretches of hours, added up where they overlap.
  var owned: [Owned] = []

  struct Member: Sendable {
    var sku: Int
    var use: Double
  }

  struct Owned: Sendable {
    var hours: Range<Int>
    var capacity: Double
    var terms: OfferTerms
    /// Often before the window.
    var start: Hour

    var isForThreeYears: Bool { terms.term == .threeYears }
  }
}

/// An offer bought at a time, as the solver sees it.
struct Instrument: Sendable {
  var offer: InstrumentOffer
  /// What of the machines on offer it buys, for its share of their price; nil: all.
  var part: MachinePart?
  /// Who buys it, where it matters for whose usage it serves.
  var buyer: SharingDomains.Buyer?
  var pool: Int
  /// Hours of the window (0 ..< `pathHours`) in which it is active.
  var active: Range<Int>
  /// `x` is a multiple of this: 1 for reservations, 0.001 currency units per hour for plans.
  var grid: Double
  /// Capacity of one `x`, for the bound: never less than what it really brings.
  var unit: Double
  /// Capacity of one `x`, for the objective: never more than what it really brings. Differs from
  /// `unit` only in the last digits, where plans with nearly proportional rates share a pool.
  var safeUnit: Double
  /// Cost of one `x` inside the window, upfront spread over the term, interest included.
  var cost: Double
  /// Paid on the first day for one `x`.
  var upfront: Double
  /// Amortised price per hour of one `x`.
  var hourly: Double
  /// More than this is never of use.
  var upper: Double

  var term: Term { offer.terms.term }
}

/// What an instrument buys.
enum InstrumentOffer: Sendable {
  case reservation(ReservationOffer)
  case savingsPlan(OfferTerms, SavingsPlanScope)

  var terms: OfferTerms {
    switch self {
    case .reservation(let offer): offer.terms
    case .savingsPlan(let terms, _): terms
    }
  }
}

/// One limit of the policy as a linear row over purchases, actions and what stays on demand.
struct PolicyRow: Sendable {
  /// The policy key it expresses; also the row's name in LP files.
  var name: String
  /// Coefficient of each instrument's `x`; absent means 0.
  var instruments: [(index: Int, coefficient: Double)] = []
  /// Coefficient of the on-demand cost that remains, for each class of usage (`Model.classes`);
  /// empty: in no class.
  var remaining: [Double] = []
  /// Coefficient of the capacity of a pool that is used, all hours together.
  var used: [(pool: Int, coefficient: Double)] = []
  /// Coefficient of each switch.
  var switches: [(index: Int, coefficient: Double)] = []
  /// Coefficient of each action.
  var actions: [(machine: Int, action: Int, coefficient: Double)] = []
  var lower: Double = -.infinity
  var upper: Double = .infinity
  /// The name of the row that it follows from, on the bill; nil: it is a limit itself.
  var impliedBy: String?

  /// The name of the limit that it is a part of.
  var limit: String { impliedBy ?? name }

  /// Whether it is about switches and nothing else.
  var countsSwitches: Bool {
    !switches.isEmpty && instruments.isEmpty && remaining.isEmpty && used.isEmpty && actions.isEmpty
  }

  /// Whether it is about amounts that are bought and nothing else.
  var isOfPurchases: Bool {
    switches.isEmpty && remaining.isEmpty && used.isEmpty && actions.isEmpty
  }

  /// Whether it limits what stays on demand from above.
  var isFloor: Bool { upper < .infinity && remaining.contains { $0 > 0 } }
}
