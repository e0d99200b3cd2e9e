import Foundation
import TestSupport
import Testing

@testable import Reports

/// The script of purchases, run by a shell against a stand-in for the AWS command line.
///
/// One test after the other: a process that starts while the stand-in is written would hold it open
/// ("Text file busy").
@Suite(.serialized) struct PurchaseScriptTests {
  @Test func printsAndBuysNothingByDefault() throws {
    let shop = try Shop()
    defer { shop.close() }
    let run = try shop.run()
    #expect(run.status == 0)
    #expect(run.output.contains("Nothing was bought."))
    #expect(run.output.contains("--reserved-instances-offering-id OFFERING_ID --instance-count 12"))
    #expect(run.output.contains("buy by hand: line 4 (Convertible RI, m5.large; reboot Windows"))
    #expect(shop.calls.isEmpty)
  }

  /// A query has quotes inside: what is printed, typed into a shell, is the same command.
  @Test func whatIsPrintedCanBeTyped() throws {
    let shop = try Shop()
    defer { shop.close() }
    let line = try #require(
      try shop.run().output.split(separator: "\n").first {
        $0.hasPrefix("aws ec2 describe-reserved-instances ")
      })
    try Data("\(line)\n".utf8).write(to: shop.directory.appendingPathComponent("buy.sh"))
    #expect(try shop.run().status == 0)
    let call = try #require(shop.calls.first)
    #expect(shop.calls.count == 1 && call.contains("ReservedInstances[?Start>='2023-02-01']"))
  }

  @Test func buysOnce() throws {
    let shop = try Shop()
    defer { shop.close() }
    #expect(try shop.run(buying: true).status == 0)
    #expect(shop.calls.count { $0.contains(" create-savings-plan ") } == 2)
    #expect(shop.calls.count { $0.contains(" purchase-reserved-instances-offering ") } == 1)
    let again = try shop.run(buying: true)
    #expect(again.status == 0)
    #expect(again.output.contains("already bought: small | base | combined | 1"))
    #expect(shop.calls.count { $0.contains(" create-savings-plan ") } == 2)
  }

  /// An alias of Azure has a name of its own: sent again, it is bought once.
  @Test func azureIsBoughtByName() throws {
    let shop = try Shop()
    defer { shop.close() }
    #expect(
      try shop.run(scope: "").output.contains("--billing-scope-id /subscriptions/SUBSCRIPTION_ID"))
    #expect(try shop.run(buying: true).status == 0)
    let bought = shop.calls.filter { $0.hasPrefix("az ") }
    #expect(bought.count == 1)
    #expect(bought[0].contains(" reservation-order-aliases create "))
    #expect(bought[0].contains(/--reservation-order-alias-name plimsoll-[0-9a-f-]{36}/))
    #expect(bought[0].contains(" --billing-scope-id /subscriptions/s "))
    #expect(bought[0].contains(" --sku Standard_D4s_v5 "))
    #expect(try shop.run(buying: true).status == 0)
    #expect(shop.calls.count { $0.hasPrefix("az ") } == 1)
  }

  /// What Azure alone knows the name of is asked for, and bought only where just one is on sale.
  @Test(arguments: [
    ("Azure_Redis_Cache_Premium_P1_Cache", true), ("X", true), ("X\nX", true), ("", false),
    ("None", false), ("X\nY", false),
  ])
  func azuresCatalogueNamesTheSKU(answer: String, isBought: Bool) throws {
    let shop = try Shop(catalogue: answer, azureType: "azure-redis/P1")
    defer { shop.close() }
    let dry = try shop.run(scope: "")
    #expect(dry.output.contains("az reservations catalog show --subscription-id SUBSCRIPTION_ID"))
    #expect(dry.output.contains(" --sku Azure_Redis_Cache_Premium_P1_Cache"))
    #expect(shop.calls.isEmpty)
    let run = try shop.run(buying: true)
    #expect((run.status == 0) == isBought, "\(run.output)")
    let asked = try #require(shop.calls.first { $0.contains(" catalog show ") })
    #expect(asked.contains(" --subscription-id s --reserved-resource-type RedisCache "))
    let bought = shop.calls.filter { $0.contains(" reservation-order-aliases create ") }
    #expect(bought.count == (isBought ? 1 : 0))
    #expect(bought.allSatisfy { $0.hasSuffix(" --sku " + answer.prefix { $0 != "\n" }) })
    #expect(isBought || run.output.contains("SKUs on sale instead of one like Azure_Redis"))
  }

  /// Who pays for Azure's is asked for before anything is bought.
  @Test func withoutASubscriptionNothingIsBought() throws {
    let shop = try Shop()
    defer { shop.close() }
    let run = try shop.run(buying: true, scope: "")
    #expect(run.status == 1 && run.output.contains("set PLIMSOLL_AZURE_SCOPE"))
    #expect(shop.calls.isEmpty)
  }

  @Test func refusesAnotherAccount() throws {
    let shop = try Shop(account: "999999999999")
    defer { shop.close() }
    let run = try shop.run(buying: true)
    #expect(run.status == 1)
    #expect(run.output.contains("the purchase is for account 111122223333"))
    #expect(shop.calls == ["sts get-caller-identity --query Account --output text"])
  }

  @Test(arguments: ["", "None", "id-1 id-2"])
  func refusesUnclearOfferings(offerings: String) throws {
    let shop = try Shop(offerings: offerings)
    defer { shop.close() }
    #expect(try shop.run(buying: true).status == 1)
    #expect(!shop.calls.contains { $0.contains(" purchase-") })
  }

  @Test func aPurchaseThatFailedIsNotRepeatedBlindly() throws {
    let shop = try Shop(purchaseStatus: 255)
    defer { shop.close() }
    #expect(try shop.run(buying: true).status == 1)
    let again = try shop.run(buying: true)
    #expect(again.status == 1)
    #expect(again.output.contains("an earlier run may have bought this"))
    #expect(shop.calls.count { $0.contains(" purchase-") } == 1)
  }

  /// EC2 knows no request again: what is there is asked for first.
  @Test func stopsWhereSomethingLikeItIsThere() throws {
    let shop = try Shop(earlier: "ri-of-yesterday")
    defer { shop.close() }
    let run = try shop.run(buying: true)
    #expect(run.status == 1)
    #expect(run.output.contains("bought already, it seems (ri-of-yesterday)"))
    #expect(!shop.calls.contains { $0.contains(" purchase-") })
  }

  /// A plan's request carries its token: a run that died may be repeated, and the provider buys
  /// once.
  @Test func whatHasATokenIsSentAgainWithIt() throws {
    let shop = try Shop()
    defer { shop.close() }
    #expect(try shop.run(buying: true).status == 0)
    let first = shop.calls.filter { $0.contains(" create-savings-plan ") }
    let receipts = shop.directory.appendingPathComponent("plimsoll-receipts.txt")
    let noted = try String(contentsOf: receipts, encoding: .utf8)
    let lost = noted.split(separator: "\n").filter {
      !$0.hasPrefix("bought") || $0.contains("| 1 |")
    }
    try Data((lost.joined(separator: "\n") + "\n").utf8).write(to: receipts)
    #expect(try shop.run(buying: true).status == 0)
    let all = shop.calls.filter { $0.contains(" create-savings-plan ") }
    #expect(all.count == 4)
    let tokens = all.compactMap { $0.firstMatch(of: /--client-token ([0-9a-f-]{36})/)?.output.1 }
    #expect(tokens.count == 4 && Set(tokens).count == 2)
    #expect(Array(all.suffix(2)) == first)
  }

  @Test func queuesWhatStartsLater() throws {
    let shop = try Shop { $0.replacing("queued 2023-", with: "queued 2199-") }
    defer { shop.close() }
    let run = try shop.run()
    #expect(
      run.output.contains(
        /--commitment 0\.300 --client-token \S+ --purchase-time 2199-02-01T00:00:00Z/))
  }
}

/// A directory with the script and an `aws` that notes its calls.
private struct Shop {
  let directory: URL

  init(
    account: String = "111122223333", offerings: String = "id-1", earlier: String = "",
    purchaseStatus: Int = 0, catalogue: String = "", azureType: String? = nil,
    change: (String) -> String = { $0 }
  ) throws {
    directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("plimsoll-shop-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    var selection = try RunDocument(SmallFixture.comparison).select()
    for index in selection.plan.purchases.indices
    where azureType != nil && selection.plan.purchases[index].provider == .azure {
      selection.plan.purchases[index].instanceType = azureType
    }
    let script = change(PurchaseCommands(selection).text)
    try Data(script.utf8).write(to: directory.appendingPathComponent("buy.sh"))
    let aws = """
      #!/bin/sh
      printf '%s\\n' "$*" >>calls
      case $2 in
      get-caller-identity) echo '\(account)' ;;
      describe-reserved-instances) echo '\(earlier)' ;;
      describe-*) echo '\(offerings)' ;;
      *) exit \(purchaseStatus) ;;
      esac
      """
    try WrittenProgram.write(aws, to: directory.appendingPathComponent("aws"))
    let az = """
      #!/bin/sh
      printf 'az %s\\n' "$*" >>calls
      case $2 in
      catalog) echo '\(catalogue)' ;;
      *) exit \(purchaseStatus) ;;
      esac
      """
    try WrittenProgram.write(az, to: directory.appendingPathComponent("az"))
  }

  var calls: [String] {
    let text = try? String(contentsOf: directory.appendingPathComponent("calls"), encoding: .utf8)
    return (text ?? "").split(separator: "\n").map(String.init)
  }

  func run(
    buying: Bool = false, scope: String = "/subscriptions/s"
  ) throws -> (status: Int32, output: String) {
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["buy.sh"]
    shell.currentDirectoryURL = directory
    shell.environment = [
      "PATH": directory.path + ":/usr/bin:/bin", "PLIMSOLL_BUY": buying ? "yes" : "",
      "PLIMSOLL_AZURE_SCOPE": scope,
    ]
    // A file: a pipe that is not emptied blocks, and reading it to its end has no limit.
    let said = directory.appendingPathComponent("said")
    try Data().write(to: said)
    let handle = try FileHandle(forWritingTo: said)
    shell.standardOutput = handle
    shell.standardError = handle
    try shell.runToEnd()
    try handle.close()
    return (shell.terminationStatus, try String(contentsOf: said, encoding: .utf8))
  }

  func close() { try? FileManager.default.removeItem(at: directory) }
}
