import CloudCosts
import Foundation

/// How far forecasts go astray, in logarithms: of the total of all regions, of each region against
/// it, of each group against the largest of its region.
///
/// At the lead w, in weeks, errors are taken for
///
///     variance(w) = level² + walk(w) + (slope · (1 − φ^w) / (1 − φ))²
///
/// walk: what the steps of the weeks drawn bring anyway (`PathMaker`); φ: the damping of trends.
/// level is set by past errors (`PastErrors`) four weeks ahead, slope by those half a year ahead: a
/// normal spread whose 10 to 90 % band holds four fifths of them. What few dates say is mixed with
/// what is usual, which counts as one date; a date counts as much as it is not the same stretch of
/// weeks as another. What is usual of a group is what is seen of all, larger ones counting for
/// more, and counts as four dates.
struct TrendSpread {
  /// The two parts of one spread.
  struct Part {
    /// Of the level, in logarithms.
    var level: Double
    /// Of the trend, in logarithms a week.
    var slope: Double

    static let none = Part(level: 0, slope: 0)

    /// One future's part of it.
    func drawn(_ random: inout Chances) -> Part {
      let slope = slope * random.normal()
      return Part(level: level * random.normal(), slope: slope)
    }

    /// Of what was drawn, after so many weeks.
    func after(weeks: Double) -> Double { level + Trend.drift(slope, weeks: weeks) }

    /// What the mean of a lognormal is above its middle, in logarithms.
    func excess(weeks: Double) -> Double {
      (pow(level, 2) + pow(Trend.drift(slope, weeks: weeks), 2)) / 2
    }
  }

  /// Variance of the steps' sum, in a week.
  struct Walk {
    var total: Double
    var region: Double
    /// Of each group.
    var own: [Double]
    /// The mean of the groups, by their size.
    var usual: Double
  }

  /// Half of the distance from the 10 to the 90 % quantile of a normal distribution, in standard
  /// deviations.
  private static let tenth = 1.2816
  /// The least that a level is usually off by: 3 %.
  private static let leastLevel = 0.03

  let total: Part
  let region: Part
  /// Of each group.
  let own: [Part]

  init(_ model: Model, walk: Walk) {
    let near = PastErrors(of: model, lead: PastErrors.near)
    let far = PastErrors(of: model, lead: PastErrors.far)
    let weekly = PastErrors(changesOf: model)
    func part(
      _ known: (PastErrors) -> [PastErrors.Error], walk: Double, usual: Part, counting: Double
    ) -> Part {
      Part(
        near: Self.seen(known(near), near), far: Self.seen(known(far), far), walk: walk,
        usual: usual, counting: counting)
    }
    /// What is usual: levels are off by as much as weeks differ from the ones before.
    func usual(_ known: (PastErrors) -> [PastErrors.Error], growth: Double) -> Part {
      Part(
        level: max(Self.leastLevel, PastErrors.band(known(weekly)) / Self.tenth),
        slope: growth / 52)
    }
    total = part(
      \.total, walk: walk.total, usual: usual(\.total, growth: 0.2), counting: 1)
    region =
      model.substitution.regions.count > 1
      ? part(\.region, walk: walk.region, usual: usual(\.region, growth: 0.2), counting: 1) : .none
    let groups = part(
      \.groups, walk: walk.usual, usual: usual(\.groups, growth: 0.4), counting: 1)
    own = model.groups.indices.map { g in
      part({ $0.own[g] ?? [] }, walk: walk.own[g], usual: groups, counting: 4)
    }
  }

  /// What errors show, and how many dates that counts as.
  fileprivate struct Seen {
    var variance: Double
    var dates: Double

    /// Mixed with what is usual.
    func mixed(with usual: Double, counting: Double) -> Double {
      (dates * variance + counting * usual) / (dates + counting)
    }
  }

  private static func seen(_ errors: [PastErrors.Error], _ all: PastErrors) -> Seen {
    let dates = Double(min(errors.count, all.dates))
    return Seen(
      variance: pow(PastErrors.band(errors) / tenth, 2),
      dates: dates * min(1, Double(PastErrors.every) / Double(all.lead)))
  }
}

extension TrendSpread.Part {
  fileprivate init(
    near: TrendSpread.Seen, far: TrendSpread.Seen, walk: Double, usual: TrendSpread.Part,
    counting: Double
  ) {
    let reach = Trend.drift(1, weeks: Double(PastErrors.far))
    let soon = walk * Double(PastErrors.near)
    let level = max(0, near.mixed(with: pow(usual.level, 2) + soon, counting: counting) - soon)
    let later = level + walk * Double(PastErrors.far)
    let rest = far.mixed(with: later + pow(usual.slope * reach, 2), counting: counting) - later
    // No trend is carried on steeper than the steepest, nor does a level step further: so two
    // deviations do not reach further either.
    self.init(
      level: min(level.squareRoot(), PathMaker.largestStep / 2),
      slope: min(max(0, rest).squareRoot() / reach, Trend.steepest / 2))
  }
}
