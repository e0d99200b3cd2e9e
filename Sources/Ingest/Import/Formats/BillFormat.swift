/// A kind of billing export: how its columns say what a row charges for, and how much.
///
/// One file per export, in this folder; `BillFormats.all` lists them. The guide is "Add a bill format" in
/// `Sources/Ingest/README.md`. Column names are compared without case and signs (`BillColumns`). SQL is that
/// which DuckDB and Spark share; where they differ, ask `columns.dialect`.
protocol BillFormat: Sendable {
  /// As a history keeps it: `focus`, `cur-2.0`.
  var name: String { get }

  /// Whether a file with these columns is such an export.
  func recognises(_ columns: BillColumns) -> Bool

  /// Columns without which nothing can be read.
  var required: [String] { get }

  /// The columns whose texts say what a row is; rows that agree in all of them are read once.
  var texts: [String] { get }

  /// The same made of other columns, row by row: a label in a list of labels.
  func derived(_ columns: BillColumns) -> [DerivedText]

  /// The columns with amounts of money.
  var numbers: [String] { get }

  /// Those of them in which no row may have anything but numbers; in the others, which mean something in
  /// some kinds of rows only, anything else counts as none.
  var requiredNumbers: [String] { get }

  /// Read only where a row may be a machine: the unit of other quantities is of no use.
  var quantities: [String] { get }

  /// The charge period.
  func times(_ columns: BillColumns) -> (start: String, end: String)

  /// Read for commitments alone.
  var commitmentColumns: [String] { get }

  /// What a row is, as SQL over `texts` and `derived`, never null; what is absent is ''.
  func words(_ columns: BillColumns) -> [BillWord: String]

  /// The values of `BillWord.kind` of usage, in small letters.
  var usageKinds: [String] { get }

  /// Of each row, in trillionths; null counts as 0.
  func amounts(_ columns: BillColumns) -> BillAmounts

  /// Of each row that may be a machine, in trillionths of its unit.
  func quantity(_ columns: BillColumns) -> String

  /// Text (`''` where a row does not say) and numbers (null where it does not) about the commitment that a row
  /// names; of several rows the largest counts. Facts that are left out are absent.
  func facts(_ columns: BillColumns) -> [BillCommitment.Fact: String]

  /// What a row charges for: the first rule that holds.
  func charge(_ words: BillWords) -> BillCharge

  /// A tag's value as text, null where a row has none; of the columns `tagColumns`.
  func tag(_ key: String, _ columns: BillColumns) -> String

  /// The columns that hold these tags.
  func tagColumns(_ keys: [String]) -> [String]
}

/// A text that is read out of columns too wide to be kept.
struct DerivedText {
  /// Under which `BillFormat.words` finds it; begins with `p_`.
  var name: String
  var sql: String
  /// The columns that `sql` reads.
  var sources: [String]
}

/// The costs of a row, as SQL: trillionths.
struct BillAmounts {
  var list: String
  var contracted: String
  var billed: String
  var effective: String
  /// What of a commitment's fee nobody used, where a row says it; it is added to `effective`.
  var unused = "0"

  var named: [(name: String, sql: String)] {
    [
      ("list", list), ("contracted", contracted), ("billed", billed), ("effective", effective),
      ("unused", unused),
    ]
  }
}

/// What a row charges for, and the rule that said so.
struct BillCharge: Hashable {
  /// Nil: a refund or other, by the sign of its sum.
  var chargeClass: ChargeClass?
  /// `usage`, or `set-aside.…`.
  var rule: String

  static let usage = "usage"

  var isUsage: Bool { rule == BillCharge.usage }

  static func usage(_ chargeClass: ChargeClass) -> BillCharge {
    BillCharge(chargeClass: chargeClass, rule: usage)
  }

  static func aside(_ chargeClass: ChargeClass?, _ rule: String) -> BillCharge {
    BillCharge(chargeClass: chargeClass, rule: "set-aside.\(rule)")
  }
}

/// The exports that are known.
enum BillFormats {
  /// The first that recognises a file reads it.
  static let all: [any BillFormat] = [
    FOCUSBill(), CURBill(isLegacy: true), CURBill(isLegacy: false),
  ]

  static func format(of columns: BillColumns) -> (any BillFormat)? {
    all.first { $0.recognises(columns) }
  }
}
