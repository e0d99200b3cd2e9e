import Foundation

extension Workplace {
  /// A folder `weeks` with ten weeks of usage from Monday, 2024-01-01: 20 c5.large on working days,
  /// and m5.large as `large` says.
  ///
  /// - Parameter large: how many m5.large run, by the hour from the start.
  static func tenWeeks(large: (_ hour: Int) -> Int) throws -> Workplace {
    let place = try Workplace()
    try FileManager.default.createDirectory(at: place["weeks"], withIntermediateDirectories: true)
    var usage = "timestamp,provider,region,instance_type,quantity\n"
    let formatter = ISO8601DateFormatter()
    for hour in 0..<70 * 24 {
      let stamp = formatter.string(
        from: Date(timeIntervalSince1970: 1_704_067_200 + Double(hour) * 3600))
      if hour / 24 % 7 < 5 { usage += "\(stamp),aws,us-east-1,c5.large,20\n" }
      usage += "\(stamp),aws,us-east-1,m5.large,\(large(hour))\n"
    }
    try place.write(usage, to: "weeks/usage.csv")
    return place
  }

  /// The same as a scenario, with prices and no word of a policy or forecast.
  ///
  /// - Parameter more: what else the scenario says.
  static func tenWeeksOnSale(
    _ more: String = "", large: (_ hour: Int) -> Int
  ) throws -> Workplace {
    let place = try tenWeeks(large: large)
    try place.write(
      """
      provider,region,instance_type,product,term_years,payment,upfront,hourly
      aws,us-east-1,c5.large,on-demand,,,0,0.085
      aws,us-east-1,m5.large,on-demand,,,0,0.1
      aws,us-east-1,c5.large,sp-compute,1,no-upfront,0,0.06
      aws,us-east-1,m5.large,sp-compute,1,no-upfront,0,0.07
      aws,us-east-1,c5.large,sp-compute,3,no-upfront,0,0.045
      aws,us-east-1,m5.large,sp-compute,3,no-upfront,0,0.05
      aws,us-east-1,m5.large,ri-standard,1,no-upfront,0,0.062
      """, to: "weeks/prices.csv")
    try place.write(
      """
      name: weeks
      usage: usage.csv
      prices: prices.csv
      compare: [on-demand, committed]
      \(more)
      """, to: "weeks/scenario.yaml")
    return place
  }
}
