/// Interest on money that was paid before it is used up.
///
/// An upfront U over a term of T hours is used up evenly; at age t the balance is U (1 − t/T), and
/// an hour of it costs r/8760 of that (simple interest, hours of 365-day years). The sum over the
/// ages a ..< b is U r/8760 · ((b − a) − (b(b−1) − a(a−1)) / 2T).
package enum CostOfCapital {
  /// The interest, in currency units, between two ages (hours since the payment).
  package static func interest(
    upfront: Double, termHours: Int, fromAge: Int, toAge: Int, yearlyRate: Double
  ) -> Double {
    guard yearlyRate != 0, upfront != 0, toAge > fromAge else { return 0 }
    let a = Double(fromAge)
    let b = Double(toAge)
    let term = Double(termHours)
    return upfront * yearlyRate / 8760 * ((b - a) - (b * (b - 1) - a * (a - 1)) / (2 * term))
  }
}

extension Commitment {
  /// The interest on its upfront inside a window, in currency units.
  package func interest(inside window: HourWindow, yearlyRate: Double) -> Double {
    let active = window.indices(from: start, to: end)
    let firstAge = window.start + active.lowerBound - spread.start
    return CostOfCapital.interest(
      upfront: upfront, termHours: max(1, spread.hours), fromAge: firstAge,
      toAge: firstAge + active.count, yearlyRate: yearlyRate)
  }

  /// What it costs inside a window, used or not: its amortised price, and interest.
  package func costInside(_ window: HourWindow, costOfCapital: Double) -> Double {
    let active = window.indices(from: start, to: end)
    return effectiveHourly * Double(active.count)
      + interest(inside: window, yearlyRate: costOfCapital)
  }
}
