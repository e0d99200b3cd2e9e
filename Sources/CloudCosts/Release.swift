/// Which release of the program this is.
package enum Release {
  /// The release that the changelog names.
  package static let version = "0.9.0"
}
