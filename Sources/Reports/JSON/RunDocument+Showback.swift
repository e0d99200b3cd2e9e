import Billing
import CloudCosts
import Scenarios

extension RunDocument {
  /// The saving of shared commitments by account, split three ways; as `Showback` defines it.
  package struct Showback: Hashable, Sendable, Codable {
    /// What the shares of each way add up to.
    @JSONNumber package var whole: Money
    /// Orders that the Shapley values are sampled from; nil where they are exact.
    package var samples: Int?
    package var shares: [Share]

    package struct Share: Hashable, Sendable, Codable {
      package var account: String
      @JSONNumber package var usage: Money
      @JSONNumber package var covered: Money
      @JSONNumber package var byUse: Money
      @JSONNumber package var byUsage: Money
      @JSONNumber package var shapley: Money
      package var shapleyError: JSONNumber?
      /// What a plan for this account alone would save; nil where there is none.
      package var alone: JSONNumber?

      private enum CodingKeys: String, CodingKey {
        case account, usage, covered
        case byUse = "by_use"
        case byUsage = "by_usage"
        case shapley
        case shapleyError = "shapley_error"
        case alone
      }
    }
  }
}

extension RunDocument.Showback {
  init(_ showback: Scenarios.Showback) {
    self.init(
      whole: showback.split.whole, samples: showback.split.samples,
      shares: zip(showback.split.shares, showback.alone).map { share, alone in
        Share(
          account: share.name, usage: share.usage, covered: share.covered, byUse: share.byUse,
          byUsage: share.byUsage, shapley: share.shapley,
          shapleyError: share.shapleyError.map { JSONNumber(wrappedValue: $0) },
          alone: alone.map { JSONNumber(wrappedValue: $0) })
      })
  }

  /// Accounts that a plan of their own would give more than a way of splitting, in words; empty
  /// where there are none.
  var complaints: [String] {
    let ways: [(String, (Share) -> Money)] = [
      ("by use", { $0.byUse }), ("by usage", { $0.byUsage }), ("by Shapley value", { $0.shapley }),
    ]
    return ways.map { name, amount in
      let names = shares.filter { share in
        share.alone.map { $0.wrappedValue > amount(share) } ?? false
      }.map { $0.account.isEmpty ? "not stated" : $0.account }
      return names.isEmpty
        ? "Split \(name), no account would save more with a plan of its own."
        : "Split \(name), \(names.joined(separator: ", ")) would save more with a plan of "
          + "\(names.count == 1 ? "its" : "their") own."
    }
  }

  static let header = [
    "account", "usage", "covered", "by use", "by usage", "by Shapley", "± error", "alone",
  ]

  func cells(_ amounts: AmountText) -> [[String]] {
    shares.map { share in
      [
        share.account.isEmpty ? "not stated" : share.account, amounts.headline(share.usage),
        amounts.headline(share.covered), amounts.headline(share.byUse),
        amounts.headline(share.byUsage), amounts.headline(share.shapley),
        share.shapleyError.map { amounts.headline($0.wrappedValue) } ?? "exact",
        share.alone.map { amounts.headline($0.wrappedValue) } ?? "–",
      ]
    }
  }

  func totals(_ amounts: AmountText) -> [String] {
    [
      "in all", amounts.headline(shares.map(\.usage).total()),
      amounts.headline(shares.map(\.covered).total()),
      amounts.headline(shares.map(\.byUse).total()),
      amounts.headline(shares.map(\.byUsage).total()),
      amounts.headline(shares.map(\.shapley).total()), "", "",
    ]
  }
}
