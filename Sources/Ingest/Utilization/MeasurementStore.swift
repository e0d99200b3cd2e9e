import CloudCosts

/// What is measured of machines.
enum MeasuredQuantity: Hashable {
  /// Percent.
  case cpu, memory
  /// Megabit per second.
  case networkIn, networkOut
  /// Megabyte per second.
  case diskRead, diskWrite
}

/// Puts measurements of any interval and from any number of files together, hour by hour.
///
/// What is not measured stays unknown. A peak inside the hour is known from a maximum, or from at
/// least two means of parts of it. A mean that is stated twice, as where files overlap, is one.
final class MeasurementStore {
  /// The values of one quantity in one hour.
  struct Cell {
    var peak = -Double.infinity
    var sum = 0.0
    var means = 0
    var isMaximum = false
    /// The minutes in which means begin, a bit each.
    var minutes: UInt64 = 0

    var maximum: Double { isMaximum || means > 1 ? peak : .nan }
    var mean: Double { means > 0 ? sum / Double(means) : .nan }
  }

  let resources: ResourceList
  private let known: [String: Int]
  private var cells: [[MeasuredQuantity: [Hour: Cell]]]
  /// Machines with a measurement that cannot be.
  private var mismeasured: Set<Int> = []

  init(_ resources: ResourceList) {
    self.resources = resources
    var known: [String: Int] = [:]
    for (index, resource) in resources.resources.enumerated() {
      known[resource.id] = index
      known[resource.id.lowercased()] = known[resource.id.lowercased()] ?? index
    }
    self.known = known
    cells = resources.resources.map { _ in [:] }
  }

  /// The machine that one of these names means; nil: none in the list.
  func resource(_ names: [String]) -> Int? {
    names.lazy.compactMap { self.known[$0] ?? self.known[$0.lowercased()] }.first
  }

  func type(of resource: Int) -> MachineType? {
    MachineType.of(resources.resources[resource].group.sku)
  }

  /// Nothing that was measured of a machine is believed.
  ///
  /// - Returns: whether it was until now.
  @discardableResult
  func distrust(_ resource: Int) -> Bool { mismeasured.insert(resource).inserted }

  /// - Parameter minute: in which minute of the hour a mean begins.
  func add(
    _ quantity: MeasuredQuantity, of resource: Int, at hour: Hour, minute: Int = 0, mean: Double?,
    maximum: Double?
  ) {
    var cell = cells[resource][quantity]?[hour] ?? Cell()
    if let maximum {
      cell.peak = cell.isMaximum ? max(cell.peak, maximum) : maximum
      cell.isMaximum = true
    }
    if let mean {
      let bit = UInt64(1) << UInt64(clamping: minute)
      if cell.minutes & bit == 0 {
        cell.minutes |= bit
        cell.sum += mean
        cell.means += 1
      }
      if !cell.isMaximum { cell.peak = max(cell.peak, mean) }
    }
    cells[resource][quantity, default: [:]][hour] = cell
  }

  /// A series that was read whole.
  func add(_ series: UtilizationSeries) {
    guard let index = known[series.resource.id] else { return }
    if series.resource.isMismeasured { distrust(index) }
    for (h, hour) in series.hours.enumerated() {
      for (quantity, mean, peak) in [
        (MeasuredQuantity.cpu, series.cpuAvg[h], series.cpuMax[h]),
        (.memory, series.memoryAvg[h], series.memoryMax[h]),
      ] where mean.isFinite || peak.isFinite {
        add(
          quantity, of: index, at: hour, mean: mean.isFinite ? mean : nil,
          maximum: peak.isFinite ? peak : nil)
      }
      if h < series.networkMax.count, series.networkMax[h].isFinite {
        add(.networkIn, of: index, at: hour, mean: nil, maximum: series.networkMax[h])
        add(.networkOut, of: index, at: hour, mean: nil, maximum: 0)
      }
      if h < series.diskMax.count, series.diskMax[h].isFinite {
        add(.diskRead, of: index, at: hour, mean: nil, maximum: series.diskMax[h])
        add(.diskWrite, of: index, at: hour, mean: nil, maximum: 0)
      }
    }
  }

  /// In the order of the machines' ids, only those with a measurement.
  func history() -> UtilizationHistory {
    UtilizationHistory(
      series: resources.resources.indices.compactMap { index in
        let hours = Set(cells[index].values.flatMap(\.keys)).sorted()
        guard !hours.isEmpty || mismeasured.contains(index) else { return nil }
        func column(_ quantity: MeasuredQuantity, _ value: (Cell) -> Double) -> [Double] {
          let known = cells[index][quantity] ?? [:]
          return hours.map { known[$0].map(value) ?? .nan }
        }
        /// Both directions together; unknown where one is.
        func both(_ one: MeasuredQuantity, _ other: MeasuredQuantity) -> [Double] {
          guard cells[index][one] != nil, cells[index][other] != nil else { return [] }
          return zip(column(one, \.maximum), column(other, \.maximum)).map { $0 + $1 }
        }
        var series = UtilizationSeries(
          resource: resources.resources[index], hours: hours,
          cpuMax: column(.cpu, \.maximum), cpuAvg: column(.cpu, \.mean),
          memoryMax: column(.memory, \.maximum), memoryAvg: column(.memory, \.mean))
        series.resource.isMismeasured = mismeasured.contains(index)
        series.networkMax = both(.networkIn, .networkOut)
        series.diskMax = both(.diskRead, .diskWrite)
        return series
      })
  }
}

extension Moment {
  /// Of the hour that it lies in.
  var minute: Int { ((seconds % 3600) + 3600) % 3600 / 60 }
}
