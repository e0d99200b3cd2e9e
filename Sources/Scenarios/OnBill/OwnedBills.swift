import Billing
import CloudCosts

/// What is owned alone, billed: as it is, and after actions on machines.
///
/// Only a plan that covers more than a cap allows asks for the latter, so it is made when it is
/// first asked for. A search asks for the same actions many times in a row.
final class OwnedBills {
  private let untouched: Bill
  private let make: ([ChosenAction]) throws -> Bill
  private var last: (actions: [ChosenAction], bill: Bill)?

  /// - Parameters:
  ///   - untouched: the bill with no action.
  ///   - make: the bill after actions, with nothing bought.
  init(_ untouched: Bill, after make: @escaping ([ChosenAction]) throws -> Bill) {
    self.untouched = untouched
    self.make = make
  }

  func bill(after actions: [ChosenAction]) throws -> Bill {
    guard !actions.isEmpty else { return untouched }
    if let last, last.actions == actions { return last.bill }
    let bill = try make(actions)
    last = (actions, bill)
    return bill
  }
}

extension PathBiller {
  /// - Parameters:
  ///   - owned: what is owned.
  ///   - untouched: its bill.
  func owned(_ owned: [Commitment], untouched: Bill) -> OwnedBills {
    OwnedBills(untouched) { try bills(actions: $0, under: owned).bill }
  }
}
