/// Where an export keeps the tags of a resource.
extension BillSQL {
  /// The columns that hold them.
  var tagSources: [String] {
    format == .focus
      ? ["Tags"] : tags.map { "resource_tags_user_\($0)" } + ["resource_tags"]
  }

  /// A tag's value as text; null where a row has none.
  ///
  /// FOCUS: an entry of `Tags`. CUR: a column of its own (`resourceTags/user:env`), or an entry
  /// `user_env` of the map `resource_tags` (CUR 2.0).
  func tagValue(_ tag: String) -> String {
    let dialect = columns.dialect
    func entry(_ key: String, _ name: String) -> String? {
      columns[name].map { dialect.entry(key, of: dialect.identifier($0.name), type: $0.type) }
    }
    let found: [String?] =
      format == .focus
      ? [entry(tag, "Tags")]
      : [
        columns["resource_tags_user_\(tag)"].map { dialect.text(dialect.identifier($0.name)) },
        entry("user_\(tag)", "resource_tags"), entry(tag, "resource_tags"),
      ]
    let present = found.compactMap { $0 }
    return present.count > 1
      ? "coalesce(\(present.joined(separator: ", ")))" : present.first ?? "''"
  }
}
