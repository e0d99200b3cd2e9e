import Testing

/// `plimsoll backtest`, through the whole program.
@Suite struct BacktestGoldenTests {
  /// Ten weeks of two types, of which one grows and the other rests at weekends.
  private func place() throws -> Workplace {
    let place = try Workplace.tenWeeks { ($0 % 24 < 12 ? 40 : 60) + $0 / 168 }
    try place.write(
      """
      provider,region,instance_type,product,term_years,payment,upfront,hourly
      aws,us-east-1,c5.large,on-demand,,,0,0.085
      aws,us-east-1,c5.large,sp-compute,1,no-upfront,0,0.06
      aws,us-east-1,c5.large,sp-compute,3,all-upfront,0,0.04
      aws,us-east-1,m5.large,on-demand,,,0,0.1
      aws,us-east-1,m5.large,sp-compute,1,no-upfront,0,0.07
      aws,us-east-1,m5.large,sp-compute,3,all-upfront,0,0.05
      aws,us-east-1,m5.large,ri-standard,3,all-upfront,1051.2,0
      """, to: "weeks/prices.csv")
    try place.write(
      """
      name: weeks
      usage: usage.csv
      prices: prices.csv
      backtest:
        from: 2024-02-12T00:00:00Z
        every: 336
        policies: [on-demand, flat-30-days, run, planner]
        planner:
          paths: 3
          horizon: 18
          sample: 25
          hindsight_sample: 5
          gap: 0.00001                # so tight that no change of the solver shows
          presets: [crawl, walk, run]
      """, to: "weeks/scenario.yaml")
    return place
  }

  @Test func json() throws {
    let place = try place()
    defer { place.close() }
    let arguments = ["backtest", "weeks", "--json"]
    let ended = try place.run("backtest", "weeks", "--json")
    try Golden.expect(ended.transcript(of: arguments), equals: "backtest/json")
    let document = try JSONValue(parsing: ended.output)
    let saved = try Dictionary(
      uniqueKeysWithValues: document["policies"].list().map {
        (try $0["name"].text(), try $0["net_savings"].number())
      })
    // The bolder, the more, where usage stays.
    for (one, other) in [
      ("on-demand", "planner-crawl"), ("planner-crawl", "planner-walk"),
      ("planner-walk", "planner-run"), ("planner-run", "hindsight"),
    ] {
      #expect(try #require(saved[one]) < #require(saved[other]), "\(one), \(other)")
    }
  }

  @Test func table() throws {
    let place = try place()
    defer { place.close() }
    let ended = try place.run("backtest", "weeks")
    try Golden.expect(ended.transcript(of: ["backtest", "weeks"]), equals: "backtest/table")
  }
}

/// The presets on real data: Frankfurt, where a family goes on the way.
///
/// Few dates, futures and hours, as a debug build is slow; `Tests/Performance/presets.py` walks
/// all.
@Suite struct PresetBacktestTests {
  @Test func noQuarterLosesMoneyAndTheBolderSavesMore() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copyShavedIce()
    try place.write(
      """
      name: frankfurt
      usage: usage.csv.gz
      prices: prices.csv.gz
      backtest:
        from: 2022-02-01T00:00:00Z
        every: 2920
        pools: region
        only: [eu-central-1]
        policies: [on-demand]
        planner:
          paths: 8
          sample: 163
          hindsight_sample: 168
          gap: 0.01
          presets: [crawl, walk, run]
      """, to: "shaved-ice/scenario.yaml")
    let ended = try place.run("backtest", "shaved-ice", "--json")
    #expect(ended.status == 0)
    let policies = try JSONValue(parsing: ended.output)["policies"].list()
    let presets = try policies.filter { try $0["name"].text().hasPrefix("planner-") }
    #expect(
      try presets.map { try $0["name"].text() } == ["planner-crawl", "planner-walk", "planner-run"])
    for preset in presets {
      #expect(try preset["losing_months"].number() == 0)
      #expect(try preset["worst_quarter"].number() > 0)
    }
    let saved = try presets.map { try $0["net_savings"].number() }
    let locked = try presets.map { try $0["locked_beyond_window"].number() }
    #expect(saved == saved.sorted() && Set(saved).count == 3)
    #expect(locked == locked.sorted() && Set(locked).count == 3)
  }
}
