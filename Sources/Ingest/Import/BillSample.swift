/// What `BillSQL.samples` says of a file's day.
struct BillSample {
  let day: Int
  let rows: Int
  /// Rows that name a resource.
  let named: Int
  /// Rows of more than a day without a resource, and how many of them differ in more than amounts.
  let summed: Int
  let different: Int
  /// Rows of machines, and those of more than a day.
  let machines: Int
  let longMachines: Int
  /// The least hashes of rows of more than a day without a resource, of all others, and of the
  /// first where they differ by their words alone.
  private let long: [UInt64]
  private let short: [UInt64]
  private let words: [UInt64]

  /// - Parameter isSummed: whether words alone tell long rows apart.
  func hashes(isSummed: Bool) -> [UInt64] {
    // Most rows are short: nothing is put together.
    let others = isSummed ? words : long
    return others.isEmpty ? short : Array((short + others).sorted().prefix(RowSample.most))
  }

  /// Nil for a damaged line.
  init?(_ record: borrowing CSVReader) {
    guard record.count == 10 else { return nil }
    let numbers = (0..<7).compactMap { record[$0].integer }
    guard numbers.count == 7 else { return nil }
    day = numbers[0] / 24
    (rows, named) = (numbers[1], numbers[2])
    (summed, different) = (numbers[3], numbers[4])
    (machines, longMachines) = (numbers[5], numbers[6])
    func list(_ index: Int) -> [UInt64] {
      record[index].text.split(separator: " ").compactMap { UInt64($0) }
    }
    (short, long, words) = (list(7), list(8), list(9))
  }
}

extension RowSample {
  /// The samples of a file, by day.
  ///
  /// An export that sums its rows up has each row of a month once, however often it is made: where
  /// nine of ten such rows differ in more than amounts, amounts do not tell them apart. The same
  /// rows in another file are then a later or an earlier export of them, and no part of this one.
  static func ofFile(_ days: [BillSample], columns: String) -> [Int: RowSample] {
    func total(_ path: KeyPath<BillSample, Int>) -> Int {
      days.reduce(0) { $0 + $1[keyPath: path] }
    }
    let isSummed = total(\.different) * 10 >= total(\.summed) * 9
    let isByMonth = total(\.longMachines) * 2 > total(\.machines)
    let shape =
      columns + (isByMonth ? RowSample.months : "") + (isSummed ? "" : RowSample.lines)
      + (total(\.named) > 0 ? RowSample.resources : "")
    return Dictionary(
      days.map {
        (
          $0.day,
          RowSample(rows: $0.rows, shape: shape, hashes: $0.hashes(isSummed: isSummed))
        )
      },
      uniquingKeysWith: { first, _ in first })
  }
}
