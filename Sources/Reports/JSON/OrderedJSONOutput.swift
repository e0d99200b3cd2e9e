/// Where a document goes piece by piece while it is encoded.
///
/// It knows the places that are being filled, from the document to the innermost. A value that is
/// whole is handed over as soon as all before it is; only arrays that may yet be on one line, and
/// containers that are filled next to others, wait for their end.
final class OrderedJSONOutput {
  /// What was not handed over yet.
  private(set) var pending = ""
  private let receive: ((String) -> Void)?
  private var path: [OrderedJSON.Slot] = []
  private static let piece = 1 << 16

  /// - Parameter receive: nil: all stays in `pending`.
  init(_ receive: ((String) -> Void)? = nil) { self.receive = receive }

  func add(_ text: String) {
    pending += text
    if receive != nil, pending.utf8.count >= Self.piece { finish() }
  }

  func finish() {
    guard let receive, !pending.isEmpty else { return }
    receive(pending)
    pending.removeAll(keepingCapacity: true)
  }

  /// A place begins to be filled.
  ///
  /// - Returns: false where it was being filled already, by a value that is encoded as another.
  func enter(_ slot: OrderedJSON.Slot) -> Bool {
    guard let last = path.last else {
      slot.isNext = true
      path.append(slot)
      return true
    }
    guard last !== slot else { return false }
    slot.isNext = last.isWaiting(for: slot)
    path.append(slot)
    return true
  }

  /// A place is whole.
  func leave(_ slot: OrderedJSON.Slot) {
    path.removeLast()
    if slot.isOpen { slot.close() }
  }

  func completed(_ slot: OrderedJSON.Slot) {
    guard let last = path.last, last.isWaiting(for: slot), last.canGoOn(after: slot) else { return }
    if !last.isOpen { openPath() }
    last.writeChildren()
  }

  private func openPath() {
    for (index, slot) in path.enumerated() where !slot.isOpen {
      if index > 0 { path[index - 1].writeChildren(butLast: true) }
      slot.open()
    }
  }
}
