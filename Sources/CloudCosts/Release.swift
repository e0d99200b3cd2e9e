/// Which release of the program this is.
public enum Release {
  /// The release that the changelog names.
  public static let version = "0.9.0"
}
