import CloudCosts

/// What a cluster can buy, at prices from which multiplied rows are taken off.
struct ClusterOffers {
  /// Whether an instrument is bought.
  enum State { case off, on, free }

  /// A lower bound of what the cluster costs on demand, linear in its purchases.
  struct Cut {
    var constant: Double
    /// Of each of `instruments`.
    var slopes: [Double]

    func value(_ purchases: [Double]) -> Double {
      zip(slopes, purchases).reduce(constant) { $0 + $1.0 * $1.1 }
    }
  }

  let instruments: [Int]
  let prices: [Double]
  let uppers: [Double]
  /// The least of each that is bought if any is.
  let minimums: [Double]
  let isSwitched: [Bool]
  /// What a currency unit on demand counts.
  let weight: Double
  private let costToGo: CostToGo
  private let most: Double

  /// - Parameters:
  ///   - prices: of all instruments of the model.
  ///   - most: what can stay on demand at most.
  init(
    _ costToGo: CostToGo, _ instruments: [Int], prices: [Double], weight: Double, most: Double
  ) {
    let model = costToGo.model
    let least = Dictionary(
      model.switches.map { ($0.instrument, $0.minimum) }, uniquingKeysWith: max)
    self.costToGo = costToGo
    self.instruments = instruments
    self.weight = weight
    self.prices = instruments.map { prices[$0] }
    minimums = instruments.map { least[$0] ?? 0 }
    isSwitched = instruments.map { least[$0] != nil }
    // What must be more than can be of use is never bought.
    uppers = instruments.map { j in
      let upper = model.instruments[j].upper
      return upper < least[j] ?? 0 ? 0 : upper
    }
    self.most = most
  }

  /// What may be bought of one, where a program cannot say "nothing, or so much".
  func relaxedRange(_ i: Int, _ state: State) -> ClosedRange<Double> {
    switch state {
    case .off: 0...0
    case .on: min(minimums[i], uppers[i])...uppers[i]
    case .free: 0...uppers[i]
    }
  }

  /// No purchases cost less, in a case, by multiplied cuts.
  func least(_ states: [State], _ multipliers: [Double], _ cuts: [Cut]) -> Double {
    var sum = zip(multipliers, cuts).reduce(0) { $0 + $1.0 * $1.1.constant }
    for i in instruments.indices {
      let price = zip(multipliers, cuts).reduce(prices[i]) { $0 + $1.0 * $1.1.slopes[i] }
      let range = relaxedRange(i, states[i])
      sum += price * (price < 0 ? range.upperBound : range.lowerBound)
    }
    return sum + min(0, weight - multipliers.reduce(0, +)) * most
  }

  /// The cluster's own cut.
  func cut(_ all: CostToGo.ClusterCuts, _ cluster: Int) -> Cut {
    Cut(
      constant: all.constants[cluster],
      slopes: instruments.map { costToGo.price(of: $0, 0, all.slopes, 1) })
  }

  /// The capacities that purchases bring.
  func write(_ purchases: [Double], to point: inout [Double]) {
    for j in instruments { for c in costToGo.filled[j] { point[c] = 0 } }
    for (j, amount) in zip(instruments, purchases) {
      for c in costToGo.filled[j] { point[c] += costToGo.model.instruments[j].unit * amount }
    }
  }
}
