import CloudCosts
import Testing

@testable import Scenarios

/// The section `sharing`, the scopes of owned commitments, and what is wrong with them.
@Suite struct SharingSectionTests {
  private let usage = """
    timestamp,provider,account,region,instance_type,quantity
    2024-01-01T00:00:00Z,aws,111,us-east-1,m5.large,2
    2024-01-01T00:00:00Z,aws,222,us-east-1,m5.huge,4

    """
  private let prices = """
    provider,region,instance_type,product,term_years,payment,upfront,hourly
    aws,us-east-1,m5.large,on-demand,,,0,0.1
    aws,us-east-1,m5.huge,on-demand,,,0,0.1
    azure,eu,Standard_D2s_v5,on-demand,,,0,0.1

    """
  private let header =
    "id,provider,account,region,instance_type,product,term_years,payment,quantity,hourly,start,end,"
    + "scope,currency\n"
  private let year = "2023-06-01T00:00:00Z,2024-05-31T00:00:00Z"

  private func folder(_ yaml: String, owned: String? = nil) throws -> ScenarioFolder {
    var files = ["usage.csv": usage, "prices.csv": prices]
    if let owned { files["owned.csv"] = header + owned }
    let names = owned == nil ? "" : "owned: owned.csv\n"
    return try ScenarioFolder(ScenarioFolder.least + names + yaml, files)
  }

  @Test func sectionIsRead() throws {
    let folder = try folder(
      "sharing: {mode: restricted-group, groups: {web: ['111'], data: '222'}, off: ['222']}")
    #expect(folder.findings().isEmpty)
    let scenario = try #require(folder.read().value?.scenarios.first)
    #expect(
      scenario.sharing
        == Sharing(
          mode: .restrictedGroup, groups: ["web": ["111"], "data": ["222"]], off: ["222"]))
  }

  private let sharing =
    "sharing: {mode: prioritized-group, groups: {web: ['111', '112'], data: ['111']}}"

  private func rules(_ rows: [String]) throws -> Set<String> {
    Set(
      try folder(sharing, owned: rows.joined(separator: "\n")).findings()
        .map { "\($0.severity) \($0.rule) \($0.place)" })
  }

  @Test func fieldsThatCannotBeRead() throws {
    let found = try rules([
      "ok,aws,111,us-east-1,m5.large,ri-standard,1,no-upfront,1,0.05,\(year),,USD",
      "scoped,aws,111,us-east-1,m5.large,ri-standard,1,no-upfront,1,0.05,\(year),galaxy,",
      "odd,azure,s,eu,Standard_D2s_v5,azure-reservation,1,no-upfront,1,0.05,\(year),planet,",
      "ok,aws,111,us-east-1,m5.large,ri-standard,1,no-upfront,1,0.05,\(year),,",
    ])
    #expect(
      found == [
        "error scenario.account-in-two-groups scenario.yaml:5",
        "warning scenario.unknown-account scenario.yaml:5",
        "error owned.unknown-scope owned.csv:3", "error owned.unknown-scope owned.csv:4",
        "error owned.duplicate-id owned.csv:5",
      ])
  }

  @Test func whatFilesSayOfEachOtherIsToldAtOnce() throws {
    let found = try rules([
      "ok,aws,111,us-east-1,m5.large,ri-standard,1,no-upfront,1,0.05,\(year),,USD",
      "euro,aws,111,us-east-1,m5.large,ri-standard,1,no-upfront,1,0.05,\(year),,EUR",
      "size,aws,111,us-east-1,m5.vast,ri-standard,1,no-upfront,1,0.05,\(year),,",
      "azure,azure,s,eu,Standard_D2s_v5,azure-reservation,1,no-upfront,1,0.05,\(year),group:wbe,",
      "late,aws,,us-east-1,m5.large,ri-standard,1,no-upfront,1,0.05,\(year),,",
    ])
    #expect(
      found == [
        "error scenario.account-in-two-groups scenario.yaml:5",
        "warning scenario.unknown-account scenario.yaml:5",
        "warning owned.other-currency owned.csv:3",
        "error owned.no-normalization-factor owned.csv:4",
        "error owned.unknown-scope owned.csv:5", "warning owned.no-account owned.csv:6",
        "warning usage.no-normalization-factor usage.csv:3",
      ])
  }

  /// Azure's management groups lie in one another, AWS's sharing groups do not.
  @Test func managementGroupsLieInOneAnother() throws {
    let nested = "sharing: {groups: {root: [s1, s2], team: [s1]}}"
    let azure = """
      timestamp,provider,account,region,instance_type,quantity
      2024-01-01T00:00:00Z,azure,s1,eu,Standard_D2s_v5,2
      2024-01-01T00:00:00Z,azure,s2,eu,Standard_D2s_v5,4

      """
    func rules(_ usage: String, _ yaml: String) throws -> [String] {
      let files = ["usage.csv": usage, "prices.csv": prices]
      return try ScenarioFolder(ScenarioFolder.least + yaml, files).findings().map(\.rule)
    }
    #expect(try rules(azure, nested).isEmpty)
    #expect(
      try rules(azure.replacing("s1", with: "111"), nested.replacing("s1", with: "'111'")).isEmpty)
    let aws = try rules(usage, "sharing: {groups: {root: ['111', '222'], team: ['111']}}")
    #expect(aws.contains("scenario.account-in-two-groups"))
  }

  /// The reach of single commitments, where their list cannot say it.
  @Test func commitmentsAreScopedByTheScenario() throws {
    let row = "ok,aws,111,us-east-1,m5.large,ri-standard,1,no-upfront,1,0.05,\(year),,USD"
    let yaml = "sharing: {groups: {web: ['222']}, google: project, commitments: {ok: 'group:web'}}"
    let read = try folder(yaml, owned: row)
    #expect(!read.findings().contains { $0.severity == .error })
    let owned = try #require(read.load().value?.scenarios.first?.owned)
    #expect(owned.commitments.map(\.reach) == [.group("web")])
    let bad = try folder(
      "sharing: {groups: {web: ['222']}, commitments: {ko: account, ok: 'group:wbe', x: all}}",
      owned: row)
    #expect(
      Set(bad.findings().filter { $0.severity == .error }.map(\.rule)) == [
        "scenario.unknown-commitment", "owned.unknown-scope", "scenario.unknown-scope",
      ])
  }

  /// Azure's list names a management group: where the scenario does not say what is in it, it
  /// counts for all, and is said.
  @Test(arguments: [
    ("", Commitment.Reach.shared), ("sharing: {groups: {emea: [sub]}}", .group("emea")),
  ])
  func managementGroupsAreAskedFor(yaml: String, reach: Commitment.Reach) throws {
    let list = """
      [{"id": "/o/r", "location": "eu", "sku": {"name": "Standard_D2s_v5"}, "properties": {
        "reservedResourceType": "VirtualMachines", "quantity": 1, "term": "P1Y",
        "billingPlan": "Monthly", "provisioningState": "Succeeded",
        "benefitStartTime": "2023-06-01T00:00:00Z", "expiryDate": "2024-06-01",
        "appliedScopeType": "ManagementGroup", "appliedScopeProperties": {
          "managementGroupId": "/providers/Microsoft.Management/managementGroups/emea"}}}]
      """
    let read = try ScenarioFolder(
      ScenarioFolder.least + "owned: owned.json\n" + yaml,
      [
        "usage.csv": usage + "2024-01-01T00:00:00Z,azure,sub,eu,Standard_D2s_v5,1\n",
        "prices.csv": prices + "azure,eu,Standard_D2s_v5,azure-reservation,1,no-upfront,0,0.06\n",
        "owned.json": list,
      ])
    let rules = read.findings().map(\.rule)
    #expect(rules.contains("owned.unknown-sharing") == yaml.isEmpty, "\(read.findings())")
    #expect(!read.findings().contains { $0.severity == .error })
    #expect(
      try #require(read.load().value?.scenarios.first?.owned).commitments.map(\.reach) == [reach])
  }

  /// A reservation of two subscriptions makes a group of them; a third has no part in it.
  @Test func severalSubscriptionsAreAGroup() throws {
    let list = """
      [{"id": "/o/r", "location": "eu", "sku": {"name": "Standard_D2s_v5"}, "properties": {
        "reservedResourceType": "VirtualMachines", "quantity": 1, "term": "P1Y",
        "billingPlan": "Monthly", "provisioningState": "Succeeded",
        "benefitStartTime": "2023-06-01T00:00:00Z", "expiryDate": "2024-06-01",
        "appliedScopeType": "Single", "appliedScopes": ["/subscriptions/s1", "/subscriptions/s2"]}}]
      """
    let read = try ScenarioFolder(
      ScenarioFolder.least + "owned: owned.json\n",
      [
        "usage.csv": usage + "2024-01-01T00:00:00Z,azure,s2,eu,Standard_D2s_v5,1\n"
          + "2024-01-01T00:00:00Z,azure,s3,eu,Standard_D2s_v5,1\n",
        "prices.csv": prices + "azure,eu,Standard_D2s_v5,azure-reservation,1,no-upfront,0,0.06\n",
        "owned.json": list,
      ])
    #expect(!read.findings().contains { $0.severity != .note }, "\(read.findings())")
    let data = try #require(read.load().value?.scenarios.first)
    let commitment = try #require(data.owned?.commitments.first)
    #expect(
      ["s1", "s2", "s3"].map { data.scenario.sharing.serves(commitment, $0) } == [
        true, true, false,
      ])
  }

  @Test func aModeNeedsGroups() throws {
    let findings = try folder("sharing: {mode: restricted-group}").findings()
    #expect(findings.map(\.rule) == ["scenario.no-groups"])
    let unknown = try folder("sharing: {mode: everyone, of: []}").findings()
    #expect(unknown.map(\.rule) == ["scenario.unknown-key", "scenario.unknown-value"])
  }
}
