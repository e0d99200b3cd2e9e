import CloudCosts
import Synchronization

/// What the last few bills of all futures came to: a plan is billed by each that looks at it.
final class KnownBills: Sendable {
  struct Question: Hashable {
    var actions: [ChosenAction]
    var scale: Double
    var commitments: [Commitment]
  }

  private let last = Mutex<[(question: Question, answer: PathBiller.Result)]>([])

  private let duration = Mutex(0.0)

  /// How long the last one took that had to be made; 0 before the first.
  var seconds: Double { duration.withLock { $0 } }

  private static let count = 4
  /// Bills with more rows than this are made again, lest they be most of what is in memory.
  private static let mostRows = 50_000

  func answer(_ question: Question) -> PathBiller.Result? {
    last.withLock { known in
      guard let place = known.firstIndex(where: { $0.question == question }) else { return nil }
      // What was asked for lately is asked for again.
      known.append(known.remove(at: place))
      return known.last?.answer
    }
  }

  func note(_ answer: PathBiller.Result, _ question: Question, seconds: Double) {
    duration.withLock { $0 = seconds }
    guard answer.bill.rows.count <= Self.mostRows else { return }
    last.withLock { known in
      known.append((question, answer))
      if known.count > Self.count { known.removeFirst() }
    }
  }
}
