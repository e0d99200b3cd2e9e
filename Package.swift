// swift-tools-version: 6.2
// One target a room of the house; a target imports only targets above it in this list
// (Tests/ArchitectureTests reads the import lines against it).
import PackageDescription

// Tests plan, bill and report whole years. Without the optimizer vectors take a hundred times as
// long, and all else several times.
let optimized: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
  name: "plimsoll",
  products: [.executable(name: "plimsoll", targets: ["plimsoll"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CYajl", providers: [.apt(["libyajl-dev"])]),
    .target(name: "CProcess"),
    .target(name: "CMemory"),
    .systemLibrary(name: "CXLSXWriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .target(name: "CGLPK", linkerSettings: [.linkedLibrary("glpk"), .linkedLibrary("m")]),
    // Price books, compressed, as they lie in Data.
    .target(
      name: "CBooks", exclude: ["Data", "README.md", "make.py"],
      cSettings: [.headerSearchPath("Data")]),
    .target(name: "MIP", dependencies: ["CGLPK"], swiftSettings: optimized),
    // Every row of usage and of prices has a SKU.
    .target(
      name: "CloudCosts", exclude: ["Data", "README.md"], swiftSettings: optimized),
    .target(
      name: "Billing", dependencies: ["CloudCosts"], swiftSettings: optimized),
    .target(
      name: "Forecast", dependencies: ["CloudCosts"], swiftSettings: optimized),
    .target(name: "Rightsizing", dependencies: ["CloudCosts"], swiftSettings: optimized),
    .target(
      name: "Planning", dependencies: ["CloudCosts", "MIP"], swiftSettings: optimized),
    .target(
      name: "Ingest",
      dependencies: [
        "CloudCosts", "CBooks", "CZlib", "CYajl", "CProcess",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["README.md"],
      swiftSettings: optimized),
    .target(
      name: "Scenarios",
      dependencies: [
        "CloudCosts", "Billing", "Forecast", "Rightsizing", "Planning", "Ingest", "Yams",
      ],
      swiftSettings: optimized),
    .target(
      name: "Ledger",
      dependencies: [
        "CloudCosts", "Billing", "Ingest", "Scenarios",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: optimized),
    .target(
      name: "Reports",
      dependencies: [
        "CloudCosts", "Billing", "Ingest", "Scenarios", "Ledger", "CXLSXWriter",
      ],
      swiftSettings: optimized),
    // swift run -c release judge-benchmark
    .executableTarget(
      name: "judge-benchmark", dependencies: ["Billing", "CloudCosts"],
      path: "Tests/Performance/Judge"),
    // swift run -c release history-benchmark
    .executableTarget(
      name: "history-benchmark", dependencies: ["Ingest", "CloudCosts"],
      path: "Tests/Performance/History"),
    // swift run -c release sizes-benchmark
    .executableTarget(
      name: "sizes-benchmark", dependencies: ["CloudCosts", "Ingest", "Planning", "Rightsizing"],
      path: "Tests/Performance/Sizes",
      exclude: ["prepare.py", "prepare_azure.py", "prepare_hours.py"]),
    // What several test targets share; no product needs it.
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    // Tests/Fuzz/run
    .target(
      name: "FuzzTargets", dependencies: ["CloudCosts", "Ingest", "Scenarios", "Reports"],
      path: "Tests/Fuzz/Targets"),
    .executableTarget(name: "fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzz/Main"),
    .testTarget(name: "FuzzTests", dependencies: ["FuzzTargets", "TestSupport"]),
    .testTarget(
      name: "ReportsTests",
      dependencies: ["CloudCosts", "Billing", "Scenarios", "Reports", "TestSupport"],
      exclude: ["Golden", "Models"]),
    .executableTarget(
      name: "plimsoll",
      dependencies: [
        "CMemory", "CloudCosts", "Planning", "Ingest", "Scenarios", "Ledger", "Reports",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(
      name: "IngestTests",
      dependencies: [
        "Ingest", "CloudCosts", "CZlib", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Bills", "Fixtures"]),
    .testTarget(
      name: "ScenarioFileTests",
      dependencies: ["Scenarios", "Forecast", "Planning", "Rightsizing", "Ingest", "CloudCosts"]),
    .testTarget(name: "MIPTests", dependencies: ["MIP", "CGLPK", "TestSupport"]),
    .testTarget(name: "CloudCostsTests", dependencies: ["CloudCosts"]),
    .testTarget(
      name: "BillingTests", dependencies: ["Billing", "CloudCosts", "TestSupport"],
      resources: [.copy("Golden")]),
    .testTarget(
      name: "PlanningTests",
      dependencies: ["Planning", "Billing", "CloudCosts", "MIP", "TestSupport"],
      exclude: ["Golden"]),
    .testTarget(
      name: "ExplanationTests",
      dependencies: [
        "Planning", "Scenarios", "Reports", "Billing", "CloudCosts", "TestSupport",
      ]),
    .testTarget(
      name: "AnchorTests",
      dependencies: ["Ingest", "Planning", "Billing", "CloudCosts", "TestSupport"]),
    .testTarget(name: "ForecastTests", dependencies: ["Forecast", "CloudCosts", "TestSupport"]),
    .testTarget(
      name: "BacktestTests",
      dependencies: ["Scenarios", "Reports", "CloudCosts", "TestSupport"]),
    .testTarget(name: "RightsizingTests", dependencies: ["Rightsizing", "CloudCosts"]),
    // A process of its own that tests of the ledger start and kill.
    .executableTarget(
      name: "ledger-writer",
      dependencies: ["Ledger", .product(name: "GRDB", package: "GRDB.swift")],
      path: "Tests/LedgerWriter"),
    .testTarget(
      name: "LedgerTests",
      dependencies: [
        "Ledger", "Scenarios", "Billing", "CloudCosts", "Ingest", "TestSupport", "ledger-writer",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(name: "ArchitectureTests"),
    // Runs the built program; depending on it has it built first.
    .testTarget(
      name: "CommandLineTests", dependencies: ["plimsoll", "CloudCosts", "TestSupport"],
      exclude: ["Golden"]),
  ],
  swiftLanguageModes: [.v6]
)
