internal import CGLPK

/// A live GLPK problem, with its basis: rows and bounds can change between solves, and the next
/// solve goes on from the last one's end.
///
/// GLPK's memory belongs to the thread that allocated it: make, use and drop a solver on one
/// thread, with no `await` between. Another thread is answered with `MIPError.wrongThread`.
package final class Solver {
  let handle: OpaquePointer
  package private(set) var variableCount = 0
  /// The rows that are there, oldest first: this is their order inside GLPK too.
  package private(set) var rowIDs: [RowID] = []
  /// Where each row ever added is inside GLPK; -1 once deleted.
  private var position: [Int32] = []
  /// How many rows can still be added before the matrix is scaled as a whole again. Until then a
  /// new row is scaled to suit the columns' factors.
  var rowsUntilScaling = 0

  /// GLPK's name and the version of the library that is loaded, as in "GLPK 5.0".
  package static var version: String { "GLPK " + String(cString: plimsoll_glpk_version()) }

  /// Hands a program to GLPK.
  ///
  /// - Throws: `invalidModel` with the first thing that is wrong in the program.
  package init(_ program: Program = Program()) throws(MIPError) {
    guard let handle = plimsoll_lp_create() else { throw .noMemory }
    self.handle = handle
    try addVariables(program.variables)
    try addRows(program.rows)
  }

  deinit {
    plimsoll_lp_free(handle)
  }

  /// Adds variables. They appear in no row yet, so rows for them come after.
  @discardableResult
  package func addVariables(_ variables: [Variable]) throws(MIPError) -> [VariableID] {
    for variable in variables {
      try Self.check("variable \(variable.name)", variable.lower, variable.upper)
      guard variable.cost.isFinite else {
        throw .invalidModel("variable \(variable.name) costs \(variable.cost)")
      }
    }
    try check(
      plimsoll_lp_add_columns(
        handle, Int32(variables.count), variables.map(\.lower), variables.map(\.upper),
        variables.map(\.cost), variables.map { $0.domain == .continuous ? 0 : 1 }))
    let first = variableCount
    variableCount += variables.count
    if !variables.isEmpty { rowsUntilScaling = 0 }
    return (first..<variableCount).map(VariableID.init(index:))
  }

  /// Adds rows; the basis survives. O(terms).
  @discardableResult
  package func addRows(_ rows: [Row]) throws(MIPError) -> [RowID] {
    var starts: [Int32] = [0]
    var columns: [Int32] = []
    var values: [Double] = []
    for row in rows {
      try Self.check("row \(row.name)", row.lower, row.upper)
      for term in (row.isCombined ? row : row.combined).terms {
        columns.append(try column(term.variable))
        values.append(term.coefficient)
        guard term.coefficient.isFinite else {
          throw .invalidModel("row \(row.name) has a coefficient of \(term.coefficient)")
        }
      }
      starts.append(Int32(columns.count))
    }
    try check(
      plimsoll_lp_add_rows(
        handle, Int32(rows.count), rows.map(\.lower), rows.map(\.upper), starts, columns, values))
    let added = rows.indices.map { RowID(index: position.count + $0) }
    for _ in rows { position.append(Int32(rowIDs.count + position.count - added[0].index)) }
    rowIDs += added
    rowsUntilScaling -= added.count
    return added
  }

  /// Deletes rows. If all of them were basic at the last solve, the next one starts warm; else it
  /// starts from nothing, which is slow and right. O(rows).
  package func deleteRows(_ ids: [RowID]) throws(MIPError) {
    var doomed = Set<RowID>()
    var places: [Int32] = []
    for id in ids where doomed.insert(id).inserted { places.append(try place(id)) }
    try check(plimsoll_lp_delete_rows(handle, Int32(places.count), places))
    for id in doomed { position[id.index] = -1 }
    rowIDs.removeAll(where: doomed.contains)
    for (place, id) in rowIDs.enumerated() { position[id.index] = Int32(place) }
  }

  /// Changes bounds of many variables at once; the basis survives.
  package func setBounds(
    of variables: [VariableID], lower: [Double], upper: [Double]
  ) throws(MIPError) {
    let columns = try variables.map { variable throws(MIPError) in try column(variable) }
    try Self.check("variable", variables.map(\.index), lower, upper)
    try check(
      plimsoll_lp_set_column_bounds(handle, Int32(columns.count), columns, lower, upper))
  }

  /// Changes bounds of many rows at once; the basis survives.
  package func setBounds(of rows: [RowID], lower: [Double], upper: [Double]) throws(MIPError) {
    let places = try rows.map { row throws(MIPError) in try place(row) }
    try Self.check("row", rows.map(\.index), lower, upper)
    try check(plimsoll_lp_set_row_bounds(handle, Int32(places.count), places, lower, upper))
  }

  /// Fixed variables leave the basis, and each one's row takes its place: what is fixed has nothing
  /// to do there, and its terms make every iteration longer. Those that are not basic, or in whose
  /// row something else is, stay as they are.
  package func leaveBasis(_ pairs: [(variable: VariableID, row: RowID)]) throws(MIPError) {
    let columns = try pairs.map { pair throws(MIPError) in try column(pair.variable) }
    let rows = try pairs.map { pair throws(MIPError) in try place(pair.row) }
    try check(plimsoll_lp_leave_basis(handle, Int32(columns.count), columns, rows))
  }

  /// Changes costs of many variables at once; the basis survives, but it may no longer be optimal.
  package func setCosts(of variables: [VariableID], _ costs: [Double]) throws(MIPError) {
    let columns = try variables.map { variable throws(MIPError) in try column(variable) }
    guard costs.count == columns.count, costs.allSatisfy(\.isFinite) else {
      throw .invalidModel("\(columns.count) variables need as many finite costs")
    }
    try check(plimsoll_lp_set_costs(handle, Int32(columns.count), columns, costs))
  }
}

extension Solver {
  /// Turns a status of the C layer into an error.
  func check(_ status: Int32) throws(MIPError) {
    switch Int(status) {
    case PLIMSOLL_OK: return
    case PLIMSOLL_FAULT: throw .fault(String(cString: plimsoll_lp_error(handle)))
    case PLIMSOLL_DEAD: throw .dead(String(cString: plimsoll_lp_error(handle)))
    case PLIMSOLL_WRONG_THREAD: throw .wrongThread
    default: throw .noMemory
    }
  }

  private func column(_ variable: VariableID) throws(MIPError) -> Int32 {
    guard 0..<variableCount ~= variable.index else {
      throw .invalidModel("there is no variable \(variable.index)")
    }
    return Int32(variable.index)
  }

  private func place(_ row: RowID) throws(MIPError) -> Int32 {
    guard position.indices ~= row.index, position[row.index] >= 0 else {
      throw .invalidModel("there is no row \(row.index)")
    }
    return position[row.index]
  }

  private static func check(
    _ kind: String, _ indices: [Int], _ lower: [Double], _ upper: [Double]
  ) throws(MIPError) {
    guard lower.count == indices.count, upper.count == indices.count else {
      throw .invalidModel("\(indices.count) bounds were asked for, and other numbers given")
    }
    for (k, index) in indices.enumerated() { try check("\(kind) \(index)", lower[k], upper[k]) }
  }

  private static func check(
    _ what: @autoclosure () -> String, _ lower: Double, _ upper: Double
  ) throws(MIPError) {
    guard lower <= upper, lower < .infinity, upper > -.infinity else {
      throw .invalidModel("\(what()) has the bounds \(lower) and \(upper)")
    }
  }
}
