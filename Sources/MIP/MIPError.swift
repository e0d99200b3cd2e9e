/// Why a solver could not answer.
package enum MIPError: Error, Hashable, Sendable {
  /// The model is wrong: a value that is no number, crossed bounds, a variable or row that is not
  /// there. Nothing was changed.
  case invalidModel(String)
  /// GLPK met a fault. This solver, and every other one of its thread, is of no more use.
  case fault(String)
  /// The solver died earlier, of its own fault or of another solver's on the same thread.
  case dead(String)
  /// The solver was made on another thread, and GLPK's memory belongs to its thread.
  case wrongThread
  case noMemory
  /// Every method failed on the model's numbers.
  case numericalTrouble(String)
}

extension MIPError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .invalidModel(let what): "the model is not valid: \(what)"
    case .fault(let said): "the solver met a fault: \(said)"
    case .dead(let said): "the solver is no longer usable: \(said)"
    case .wrongThread: "a solver works only on the thread that made it"
    case .noMemory: "there is not enough memory"
    case .numericalTrouble(let what): "the solver could not cope with the numbers: \(what)"
    }
  }
}
