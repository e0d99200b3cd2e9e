import CloudCosts
import Testing

/// Who buys for whom, and how a demand divides.
@Suite struct SharingDomainsTests {
  private static let accounts = (0..<9).map { "a\($0)" }

  private static func groups(_ accounts: [String]) -> [UsageGroup] {
    accounts.map {
      UsageGroup(
        account: $0, sku: SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large"))
    }
  }

  /// Asked of every pair of accounts.
  private static func expected(_ sharing: Sharing) -> [Set<String>: Set<String>] {
    var owners: [Set<String>: Set<String>] = [:]
    for owner in accounts {
      let purchase = Commitment(
        id: "", account: owner,
        terms: OfferTerms(product: .computeSavingsPlan, term: .oneYear, payment: .noUpfront),
        subject: .savingsPlan(scope: SavingsPlanScope(provider: .aws), hourlyCommitment: 0),
        start: Hour(sinceEpoch: 0), end: Hour(sinceEpoch: 1))
      let served = Set(accounts.filter { sharing.serves(purchase, $0) })
      owners[served, default: []].insert(owner)
    }
    return owners
  }

  @Test(arguments: Sharing.Mode.allCases, 0..<60)
  func buyersAreThoseOfEveryPair(mode: Sharing.Mode, seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    var sharing = Sharing()
    sharing.mode = mode
    for name in ["one", "two"] {
      sharing.groups[name] = Set(Self.accounts.filter { _ in random.next() % 3 == 0 })
    }
    sharing.off = Set(Self.accounts.filter { _ in random.next() % 4 == 0 })
    let domains = SharingDomains(sharing, owned: [], groups: Self.groups(Self.accounts))
    guard !sharing.isDefault else {
      #expect(domains.buyers.isEmpty)
      return
    }
    let expected = Self.expected(sharing)
    let found = Dictionary(
      domains.buyers.map { ($0.served, $0.owners) }, uniquingKeysWith: { $0.union($1) })
    #expect(found.count == domains.buyers.count)
    // All usage is shared: it does not matter who buys.
    if found.isEmpty {
      #expect(expected.count == 1 && expected.keys.first?.count == Self.accounts.count)
    } else {
      #expect(found == expected)
    }
  }

  /// A domain is served whole or not at all: by each purchase, and by each commitment that is owned.
  @Test(arguments: Sharing.Mode.allCases, 0..<60)
  func domainsAreWhatIsServed(mode: Sharing.Mode, seed: Int) {
    var random = SplitMix64(seed: UInt64(seed) + 1000)
    var sharing = Sharing()
    sharing.mode = mode
    for name in ["one", "two"] {
      sharing.groups[name] = Set(Self.accounts.filter { _ in random.next() % 3 == 0 })
    }
    sharing.off = Set(Self.accounts.filter { _ in random.next() % 4 == 0 })
    let owned = (0..<3).map { number in
      Commitment(
        id: "owned-\(number)", account: Self.accounts[Int(random.next() % 9)],
        terms: OfferTerms(product: .computeSavingsPlan, term: .oneYear, payment: .noUpfront),
        subject: .savingsPlan(scope: SavingsPlanScope(provider: .aws), hourlyCommitment: 1),
        start: Hour(sinceEpoch: 0), end: Hour(sinceEpoch: 1))
    }
    let domains = SharingDomains(sharing, owned: owned, groups: Self.groups(Self.accounts))
    func reached(_ domainsReached: Set<Int>?) -> Set<String> {
      Set(Self.accounts.filter { domainsReached?.contains(domains.domain(of: $0, .aws)) ?? true })
    }
    for buyer in domains.buyers { #expect(reached(domains.reach(of: buyer)) == buyer.served) }
    for commitment in owned {
      let served = Set(Self.accounts.filter { sharing.serves(commitment, $0) })
      #expect(reached(domains.reach(of: commitment)) == served)
    }
  }

  @Test func whoSharesEverythingIsOneDomain() {
    let accounts = (0..<5000).map { "\($0)" }
    let domains = SharingDomains(
      Sharing(), owned: [], groups: Self.groups(accounts + accounts))
    #expect(domains.buyers.isEmpty)
    #expect(Set(accounts.map { domains.domain(of: $0, .aws) }) == [0])
  }
}
