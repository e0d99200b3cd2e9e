/// Usage of a model, in instance-hours: of each path and SKU a column of hours.
///
/// A column that is the usage of one group, as it is, lies where the problem's demand has it. So 24
/// futures of three years and 47 SKUs, 240 MB, are there once before they are put in blocks.
struct ModelDemand: Sendable {
  /// Of each path.
  let pathHours: Int
  let skuCount: Int
  /// Path by path, SKU by SKU.
  private var columns: [ArraySlice<Double>]

  /// - Parameter columns: path by path, SKU by SKU, each of so many hours.
  init(skuCount: Int, pathHours: Int, columns: [ArraySlice<Double>]) {
    self.skuCount = skuCount
    self.pathHours = pathHours
    self.columns = columns
  }

  var pathCount: Int { columns.count / max(1, skuCount) }

  /// The hours of a SKU on a path; its indices are not those of the hours.
  func column(_ g: Int, path: Int) -> ArraySlice<Double> { columns[path * skuCount + g] }

  /// - Parameter h: of all paths, laid end to end.
  subscript(h: Int, g: Int) -> Double {
    get {
      let column = columns[h / pathHours * skuCount + g]
      return column[column.startIndex + h % pathHours]
    }
    set {
      let place = h / pathHours * skuCount + g
      columns[place][columns[place].startIndex + h % pathHours] = newValue
    }
  }

  /// The expected instance-hours of each SKU.
  func expected(_ probabilities: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: skuCount)
    for (path, probability) in probabilities.enumerated() {
      for g in sums.indices {
        for quantity in column(g, path: path) { sums[g] += probability * quantity }
      }
    }
    return sums
  }

  /// No hour has less than nothing.
  mutating func raiseToZero() {
    for place in columns.indices where columns[place].contains(where: { $0 < 0 }) {
      columns[place] = columns[place].map { max(0, $0) }[...]
    }
  }

  // MARK: Parts of it

  func keeping(paths: [Int]) -> ModelDemand {
    ModelDemand(
      skuCount: skuCount, pathHours: pathHours,
      columns: paths.flatMap { columns[$0 * skuCount..<($0 + 1) * skuCount] })
  }

  func keeping(skus: [Int]) -> ModelDemand {
    ModelDemand(
      skuCount: skus.count, pathHours: pathHours,
      columns: (0..<pathCount).flatMap { path in skus.map { column($0, path: path) } })
  }

  /// Some hours of every path.
  func keeping(hours: [Int]) -> ModelDemand {
    ModelDemand(
      skuCount: skuCount, pathHours: hours.count,
      columns: columns.map { column in hours.map { column[column.startIndex + $0] }[...] })
  }
}

extension ModelDemand {
  func combine(into hasher: inout Hasher) {
    for column in columns { column.withUnsafeBytes { hasher.combine(bytes: $0) } }
  }
}
