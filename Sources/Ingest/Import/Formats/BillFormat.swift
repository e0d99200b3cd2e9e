/// A kind of billing export: how its columns say what a row charges for, and how much.
///
/// One file per export, in this folder; `BillFormats.all` lists them. The guide is "Add a bill
/// format" in `Sources/Ingest/README.md`. Column names are compared without case and signs
/// (`BillColumns`). SQL is that which DuckDB and Spark share; where they differ, ask
/// `columns.dialect`.
protocol BillFormat: Sendable {
  /// As a history keeps it: `focus`, `cur-2.0`.
  var name: String { get }

  /// Whether a file with these columns is such an export.
  func recognises(_ columns: BillColumns) -> Bool

  /// Columns without which nothing can be read.
  var required: [String] { get }

  /// What else is missing, in words: one of several names, a field of a record.
  func missing(_ columns: BillColumns) -> [String]

  /// The table that all below read in place of the file's columns, where these are nested or have
  /// other names in each generation of the export. Nil: the file's own. It is made once, by one
  /// pass over the file.
  func input(_ columns: BillColumns) -> [InputColumn]?

  /// How JSON lines of it are read: names and types. Nil: every value as text.
  var jsonColumns: [BillColumns.Column]? { get }

  /// The columns whose texts say what a row is; rows that agree in all of them are read once.
  var texts: [String] { get }

  /// The same made of other columns, row by row: a label in a list of labels.
  func derived(_ columns: BillColumns) -> [DerivedText]

  /// The columns with amounts of money.
  var numbers: [String] { get }

  /// Those of them in which no row may have anything but numbers; in the others, which mean
  /// something in some kinds of rows only, anything else counts as none.
  var requiredNumbers: [String] { get }

  /// Those of them that every row has: one without is reported.
  var filledNumbers: [String] { get }

  /// What tells rows apart that agree in `texts`: the resource, before anything else. Only
  /// `BillSQL.samples` reads it.
  var identity: [String] { get }

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

  /// Text (`''` where a row does not say) and numbers (null where it does not) about the commitment
  /// that a row names; of several rows the largest counts. Facts that are left out are absent.
  func facts(_ columns: BillColumns) -> [BillCommitment.Fact: String]

  /// What a row charges for: the first rule that holds.
  func charge(_ words: BillWords) -> BillCharge

  /// What a commitment's fee and the usage that it covers have in common, where fees do not say
  /// what they paid for; else ''.
  func pool(_ words: BillWords) -> String

  /// The export's name, where only its rows say which of several it is.
  func variant(of costs: [HistoryCost]) -> String

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
  /// What of a commitment's fee was not used, where a row says it; it is added to `effective`.
  var unused = "0"
  /// What of `contracted` commitments cover, where only a part of the row is covered and fees are
  /// rows of their own: that part costs nothing more.
  var covered = "0"
  /// A credit that pays for the row and is no lower price; it is added to `billed` and `effective`.
  var credit = "0"
  /// Units (vCPU-hours, GiB-hours) that a commitment's fee pays for, or that commitments cover of
  /// usage: where only the two together say what of a fee no one used (`BillFormat.pool`).
  var units = "0"

  var named: [(name: String, sql: String)] {
    [
      ("list", list), ("contracted", contracted), ("billed", billed), ("effective", effective),
      ("unused", unused), ("covered", covered), ("credit", credit),
      ("units", units),
    ]
  }
}

extension BillFormat {
  func missing(_ columns: BillColumns) -> [String] { [] }

  func input(_ columns: BillColumns) -> [InputColumn]? { nil }

  var jsonColumns: [BillColumns.Column]? { nil }

  var identity: [String] { [] }

  var filledNumbers: [String] { Array(requiredNumbers.prefix(1)) }

  func pool(_ words: BillWords) -> String { "" }

  func variant(of costs: [HistoryCost]) -> String { name }
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
    GoogleBill(isFOCUS: true), FOCUSBill(), CURBill(isLegacy: true), CURBill(isLegacy: false),
    AzureBill(), GoogleBill(),
    OracleBill(),
  ]

  static func format(of columns: BillColumns) -> (any BillFormat)? {
    all.first { $0.recognises(columns) }
  }
}
