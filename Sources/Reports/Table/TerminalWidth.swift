import Foundation

/// How many columns a line may have.
enum TerminalWidth {
  /// `PLIMSOLL_WIDTH` where it is set, else the terminal's width, else that of a page, so that what
  /// goes into a pipe or a file is the same everywhere.
  static let columns: Int = {
    let variables = ProcessInfo.processInfo.environment
    let stated = variables["PLIMSOLL_WIDTH"].flatMap { Int($0) }
    return min(160, max(60, stated ?? ofTerminal(variables) ?? page))
  }()

  static let page = 100

  private static func ofTerminal(_ variables: [String: String]) -> Int? {
    guard isatty(STDOUT_FILENO) == 1 else { return nil }
    if let columns = variables["COLUMNS"].flatMap({ Int($0) }), columns > 0 { return columns }
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
