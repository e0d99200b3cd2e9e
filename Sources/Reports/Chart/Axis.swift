import CloudCosts

/// An axis for amounts: always from zero, with round steps.
struct Axis {
  /// The amount at the far end.
  let top: Double
  let step: Double
  let prefix: String

  /// - Parameter ticks: about how many steps there should be.
  init(largest: Double, ticks: Int = 5, currency: String) {
    let amount = largest.isFinite && largest > 0 ? largest : 1
    let rough = amount / Double(max(1, ticks))
    var magnitude = 1.0
    while magnitude > rough { magnitude /= 10 }
    while magnitude * 10 <= rough { magnitude *= 10 }
    let factor = [1.0, 2, 2.5, 5, 10].first { $0 * magnitude >= rough * 0.999 } ?? 10
    step = factor * magnitude
    top = (amount / step - 1e-9).rounded(.up) * step
    prefix = AmountText(currency: currency).prefix
  }

  var ticks: [Double] { (0...Int((top / step).rounded())).map { Double($0) * step } }

  /// Share of the axis's length.
  func share(_ amount: Double) -> Double { amount / top }

  /// `$250k`: as many digits as the steps need, all in the unit of the far end.
  func text(_ amount: Double) -> String {
    Axis.text(amount, step: step, largest: top, prefix: prefix)
  }

  /// A name on an axis: all that it has are in one unit, with the digits that its steps need.
  static func text(_ amount: Double, step: Double, largest: Double, prefix: String) -> String {
    compact(amount, step: step, unit: unit(of: amount == 0 ? 0 : largest), prefix: prefix)
  }

  /// A short form for inside a bar: three digits.
  static func short(_ amount: Double, prefix: String) -> String {
    var step = 0.01
    while step * 1000 <= abs(amount) { step *= 10 }
    return compact(amount, step: step, unit: unit(of: amount), prefix: prefix)
  }

  private typealias Unit = (size: Double, name: String)

  private static func unit(of amount: Double) -> Unit {
    let units: [Unit] = [(1e9, "bn"), (1e6, "M"), (1e3, "k"), (1, "")]
    return units.first { abs(amount) >= $0.size * 0.9999 } ?? (1, "")
  }

  private static func compact(
    _ amount: Double, step: Double, unit: Unit, prefix: String
  ) -> String {
    var decimals = 0
    var scaled = step / unit.size
    while decimals < 4, abs(scaled - scaled.rounded()) > 1e-6 {
      scaled *= 10
      decimals += 1
    }
    let text = AmountText.decimal(abs(amount) / unit.size, decimals: decimals)
    return (amount < 0 ? "−" : "") + prefix + text + unit.name
  }
}
