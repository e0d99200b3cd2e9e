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
  /// The least hashes, and the same where rows of more than a day without a resource are told apart
  /// by their words alone.
  let hashes: [UInt64]
  let sumHashes: [UInt64]

  /// Nil for a damaged line.
  init?(_ record: borrowing CSVReader) {
    guard record.count == 9 else { return nil }
    let numbers = (0..<7).compactMap { record[$0].integer }
    guard numbers.count == 7 else { return nil }
    day = numbers[0] / 24
    (rows, named) = (numbers[1], numbers[2])
    (summed, different) = (numbers[3], numbers[4])
    (machines, longMachines) = (numbers[5], numbers[6])
    hashes = record[7].text.split(separator: " ").compactMap { UInt64($0) }
    sumHashes = record[8].text.split(separator: " ").compactMap { UInt64($0) }
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
          RowSample(rows: $0.rows, shape: shape, hashes: isSummed ? $0.sumHashes : $0.hashes)
        )
      },
      uniquingKeysWith: { first, _ in first })
  }
}
