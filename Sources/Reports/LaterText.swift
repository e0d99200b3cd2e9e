/// What is said of purchases that are left for the months to come.
enum LaterText {
  static let title =
    "Next, if usage goes as expected: nothing of it is bought today; run again on the day"

  static func nothing(until last: RunDocument.LaterStep) -> String {
    "Next: nothing more is worth buying up to \(last.date.prefix(10)) if usage goes as expected."
  }
}
