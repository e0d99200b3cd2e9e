extension FindingRule {
  /// Scenario files.
  static let scenarioRules = """
    scenario.missing-file
    There is no such file.
    Name a scenario file, or a folder with a scenario.yaml; paths are relative to the scenario.

    scenario.too-many-files
    A folder of measurements or recommendations has more files than are read.
    Name folders of fewer files, or join the files.

    scenario.unreadable
    The scenario file cannot be read.
    Check that it is a file, and its permissions.

    scenario.too-large
    The scenario file is too large.
    Move data into CSV files.

    scenario.not-utf8
    The scenario file is not UTF-8 text.
    Save it with the encoding UTF-8.

    scenario.bad-yaml
    The file is no YAML.
    Correct the line; `plimsoll init` writes an example.

    scenario.bad-timestamp
    A time is no ISO 8601 date and time.
    Write it as 2023-02-01, or 2023-02-01T00:00:00Z.

    scenario.not-utc
    A time has no time zone, or another one than UTC.
    Write it as 2023-02-01, or 2023-02-01T00:00:00Z.

    scenario.not-on-hour
    A time is not on the hour.
    Write it as 2023-02-01, or 2023-02-01T00:00:00Z.

    scenario.unknown-key
    A key is none of a scenario.
    Write the key that the finding suggests; `plimsoll keys` lists all.

    scenario.missing-key
    A key is missing that is needed.
    Add the line that the finding shows.

    scenario.wrong-type
    A value is of the wrong type.
    Write it as the finding shows.

    scenario.out-of-range
    A number is outside its range.
    Write a number in the range that the finding names.

    scenario.unknown-value
    A name is none that the key may have.
    Write one of the names that the finding lists.

    scenario.empty-list
    A list is empty, so nothing is allowed.
    Name at least one, or remove the key to allow all.

    scenario.contradiction
    Two keys ask for different things.
    Remove one of them.

    scenario.reserved-name
    'base' is the name of the scenario without overrides.
    Choose another name.

    scenario.unknown-override
    A scenario uses an override that is not under overrides.
    Add it under overrides.

    scenario.unknown-run
    The file has no scenario of this name.
    Write one of the names that the finding lists.

    scenario.excluded-usage
    A limit is on usage that policy.exclude leaves out.
    Remove it here or there.

    scenario.no-such-usage
    A limit names a family, account or region that has no usage: it has no effect.
    Correct the name, or nothing, if that is meant.

    scenario.risk-of-one-path
    policy.risk has no effect, since there is one future only.
    Nothing: with one future every measure of risk equals the cost.

    scenario.preset-buys-nothing
    The preset allows nothing that the price file sells.
    Add prices of what it allows, or name products under offers, which wins.

    scenario.other-currency
    A spend commitment is stated in another currency than the scenario's.
    Write its amounts in the scenario's, at the rate that the contract names.

    scenario.cut-contract-year
    A contract's last year is shorter than a year, and owes that part of the amount.
    Nothing; or write per: contract where the amount is for the whole contract.

    scenario.account-in-two-groups
    An account of AWS is in two sharing groups.
    Leave it in one; only Azure's management groups lie in one another.

    scenario.no-groups
    The sharing mode is about groups, and there are none.
    Add groups: {name: [account, account]}, or leave the mode out.

    scenario.unknown-account
    An account is named that has neither usage nor commitments.
    Correct the name; where it has none, nothing is needed.

    scenario.unknown-scope
    A commitment's scope is none that its provider has.
    Write shared, account, or group:NAME.

    scenario.unknown-commitment
    sharing.commitments names a commitment that is not owned.
    Write an id of the file of owned commitments.

    init.empty
    The file to begin from is empty.
    Export it again.

    init.unreadable
    The file cannot be read as UTF-8 text.
    Check its path and its encoding.

    init.unknown-column
    There is no column of the name that --column gives.
    Name one of the headings that the finding lists.

    init.no-column
    No column is known to hold something that is needed.
    Name it: --column ROLE=HEADING.

    init.bad-row
    A row cannot be read.
    Correct the row, or name the columns with --column.
    """
}
