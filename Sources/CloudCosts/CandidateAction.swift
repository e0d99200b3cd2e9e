/// What kind of change an action is.
package enum ActionKind: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  /// Another size of its family.
  case size
  /// Another family of its generation or a newer one, made for other work or by another maker.
  case shape
  /// The same kind of family, newer.
  case generation
  /// Processors that need other binaries.
  case architecture
  /// A family whose processors are its own for a part of the time.
  case burstable
  /// Stopped in the hours of the week in which it does nothing.
  case schedule
  /// Gone.
  case terminate

  package static func < (a: ActionKind, b: ActionKind) -> Bool {
    (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
  }

  /// Hours of work of an engineer: to change it, to watch it, to write it down. Estimates, to be
  /// replaced by one's own (`rightsizing.effort`).
  package var usualEffort: Double {
    switch self {
    case .size, .terminate: 1
    case .shape, .generation, .burstable, .schedule: 2
    case .architecture: 16
    }
  }
}

/// Something that could be done with a machine.
package struct CandidateAction: Hashable, Sendable {
  /// What the machine would become; nil: it would be stopped or terminated.
  package var target: SKU?
  /// Why it is safe, with the figures that say so.
  package var reason: String
  package var kind: ActionKind
  /// The hours (indices of the window, ascending) in which it changes the machine's usage; nil: all
  /// in which it runs.
  package var hours: [Int]?
  /// Nil where nothing was measured.
  package var fit: ActionFit?
  /// Hours of an engineer's work.
  package var effort: Double
  /// Currency units, paid once.
  package var cost: Double
  /// When it is done; nil: at the first hour of the window.
  package var start: Hour?

  package init(
    target: SKU?, reason: String, kind: ActionKind? = nil, fit: ActionFit? = nil,
    effort: Double? = nil, cost: Double = 0
  ) {
    self.target = target
    self.reason = reason
    self.kind = kind ?? (target == nil ? .terminate : .size)
    self.fit = fit
    self.effort = effort ?? self.kind.usualEffort
    self.cost = cost
  }

  /// In programs and files: the type it becomes, `stopped` or `terminated`, and from when on.
  package var label: String {
    let name = target?.instanceType ?? (kind == .schedule ? "stopped" : "terminated")
    return start.map { "\(name) from \($0.month)" } ?? name
  }

  /// Whether two are the same change, whenever they are made.
  package func isSameChange(as other: CandidateAction) -> Bool {
    target == other.target && kind == other.kind
  }
}

/// How a machine's load would fit what an action leaves it with.
package struct ActionFit: Hashable, Sendable {
  package enum Metric: String, Hashable, Sendable, CaseIterable {
    case cpu, memory, network, disk
  }

  /// One metric, in percent of the new capacity. Nil: not measured, or the capacity is not known.
  package struct Reading: Hashable, Sendable {
    package var metric: Metric
    package var p50: Double
    package var p95: Double
    package var p99half: Double
    package var max: Double

    package init(metric: Metric, p50: Double, p95: Double, p99half: Double, max: Double) {
      self.metric = metric
      self.p50 = p50
      self.p95 = p95
      self.p99half = p99half
      self.max = max
    }
  }

  package var readings: [Reading]
  /// What could not be compared.
  package var unknown: [Metric]
  /// Measured hours.
  package var hours: Int
  /// Hours whose peak needs more than the new capacity has.
  package var hoursAbove: Int
  /// 0 to 1: the band of 95 % for the share of hours above capacity.
  package var band: ClosedRange<Double>

  package init(
    readings: [Reading], unknown: [Metric], hours: Int, hoursAbove: Int,
    band: ClosedRange<Double>
  ) {
    self.readings = readings
    self.unknown = unknown
    self.hours = hours
    self.hoursAbove = hoursAbove
    self.band = band
  }

  /// 0 to 1: the share of hours above capacity.
  package var shareAbove: Double { hours == 0 ? 0 : Double(hoursAbove) / Double(hours) }

  /// 0 (very low) to 4 (very high), as the providers' own: by the share of hours above capacity;
  /// where memory could shrink unseen, 2 at least.
  package var risk: Int {
    let limits = [0.001, 0.005, 0.02, 0.05]
    let measured = limits.firstIndex { shareAbove <= $0 } ?? limits.count
    return unknown.contains(.memory) ? Swift.max(2, measured) : measured
  }
}
