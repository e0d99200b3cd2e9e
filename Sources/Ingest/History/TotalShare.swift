import CloudCosts
import GRDB

/// Sums of a file's month, service and class, and how rules share what is left of them.
enum TotalShare {
  struct Key: Hashable, Comparable {
    var month: String
    var service: String
    /// Nil in the file's own totals.
    var chargeClass: String?

    var ofFile: Key { Key(month: month, service: service, chargeClass: nil) }

    static func < (a: Key, b: Key) -> Bool {
      (a.month, a.service, a.chargeClass ?? "") < (b.month, b.service, b.chargeClass ?? "")
    }
  }

  struct Sum: Equatable {
    /// Rows, and millionths at list prices, contracted, billed, effective.
    private(set) var values: [Int64] = [0, 0, 0, 0, 0]

    init() {}

    init(values: [Int64]) { self.values = values }

    init(_ row: CheckedRow) throws {
      values = try ["rows", "list", "contracted", "billed", "effective"].map(row.int64)
    }

    static func += (a: inout Sum, b: Sum) {
      for index in a.values.indices { a.values[index] &+= b.values[index] }
    }

    /// In the proportion of what the parts were; their sum is exact.
    func shared(by parts: [Sum]) -> [Sum] {
      guard parts.count > 1 else { return parts.map { _ in self } }
      var shares = parts
      for index in values.indices {
        let before = parts.reduce(0.0) { $0 + abs(Double($1.values[index])) }
        var rest = values[index]
        for part in parts.indices.dropLast() {
          let weight = before > 0 ? abs(Double(parts[part].values[index])) / before : 0
          let share = Int64((Double(values[index]) * weight).rounded())
          shares[part].values[index] = share
          rest &-= share
        }
        shares[parts.count - 1].values[index] = rest
      }
      return shares
    }
  }
}
