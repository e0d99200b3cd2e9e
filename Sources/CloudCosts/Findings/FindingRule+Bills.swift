extension FindingRule {
  /// Reading bills.
  static let billRules = """
    import.no-file
    There is no such file, and no billing file in a folder of that name.
    Name .csv, .json or .parquet files, compressed (.gz) or not, folders of them, or a pattern.

    import.other-files
    Files that are no bills by their names were left out.
    Nothing, if they hold no charges; else name them.

    import.zip
    The file is a ZIP archive that does not hold one file, or cannot be read.
    Unpack it, and import the files in it.

    import.unknown-columns
    The columns are those of no billing export that is known.
    Export FOCUS, an AWS Cost and Usage Report, Azure's cost details, or Google's BigQuery export.

    import.no-rows
    There is a header and no row.
    Export the file again.

    import.not-reconciled
    The rows taken do not add up to the file's own totals; nothing was imported.
    Report this as a fault of the program, with the file's columns.

    import.changed-while-read
    The file changed while it was read.
    Import it again when nothing writes it.

    import.encoding
    The text is not UTF-8.
    Export the file as UTF-8.

    import.not-a-table
    Rows have different numbers of fields, or a quote is not closed.
    Export the file again.

    import.damaged-gzip
    The compressed file is cut off or damaged.
    Fetch it again.

    import.damaged-parquet
    The Parquet file is damaged.
    Fetch it again.

    import.unreadable-rows
    Rows cannot be read.
    Correct the file, or export it again.

    import.bad-rows
    Rows hold what is no number or no time.
    Export the file again.

    import.not-a-time
    A charge period's start cannot be read.
    Write times as 2024-01-31T00:00:00Z.

    import.decimal-comma
    A number has a comma that may be a mark between thousands.
    Export with decimal points and without marks between thousands.

    import.mixed-currencies
    The bills are in different currencies.
    Import the bills of each currency into a history of their own.

    import.bad-contract-commitment
    A commitment has no id, or no period with a start before its end.
    Correct the row, or export the file again.

    import.disk-full
    There is no room for temporary files.
    Make room, or set TMPDIR to a folder on another disk.

    import.memory
    The memory limit is too small for this file, or the system gave DuckDB less than that.
    Raise it with --memory; raise the shell's limit (ulimit -v) where the message names it.

    import.temporary-folder
    Nothing can be written to the folder for temporary files.
    Make room, or set TMPDIR to a folder on another disk.

    import.no-duckdb
    There is no DuckDB.
    Run `pip install duckdb-cli`, or set PLIMSOLL_DUCKDB to the program.

    import.engine
    DuckDB cannot be run.
    Install the PyPI package duckdb-cli, or set PLIMSOLL_DUCKDB.

    import.engine-result
    What the engine answered cannot be read.
    Check the room in the folder for temporary files.

    import.no-spark
    There is no spark-submit.
    Install Spark (`pip install pyspark`, and a Java), or set PLIMSOLL_SPARK to the program.

    import.spark
    Spark ended with an error.
    See that the master can be reached, and that its workers can read the files.

    import.spark-csv
    Spark reads Parquet only.
    Import the file with DuckDB, the default engine.

    import.spark-data
    Spark cannot read the data.
    Name Parquet files or folders of them that every worker can read.

    import.tag-not-found
    No row has the tag that --tag names.
    Check its spelling and case, and that the export has tags.

    import.replaced
    The file has changed since it was imported: its rows took the place of the old ones.
    Nothing, if that is meant.

    import.snapshot-replaced
    A later run of an export took the place of an earlier one.
    Nothing, if both are runs of one export; else import them into two histories.

    import.rows-once
    Rows are in two files of one format: they count once, from the fuller or later one.
    Nothing, if both are exports of the same; else import them into two histories.

    import.parallel-exports
    Two kinds of exports hold the same usage (CUR and FOCUS, hours and days): one of them counts.
    Import one of the two only.

    import.same-rows
    Two files hold the same rows.
    Remove one of them: plimsoll history HISTORY --remove FILE.

    import.same-month
    Two files by the month may be parts of one export or two exports of a month: both count.
    Remove one of them if both are exports of the month: plimsoll history HISTORY --remove FILE.

    import.actual-and-amortized
    Azure: actual and amortised exports of a month; usage counts once.
    Nothing.

    import.corrections
    Rows correct earlier ones; they are added to the hours that they name.
    Nothing, if the corrected months are imported too.

    import.daily-rows
    Rows are longer than an hour and are spread over their hours.
    Export by the hour, or do not trust a level that seems always used.

    import.covered-unnamed
    Machines ran at no cost and name no commitment: they are taken as covered by one that is owned.
    Name a list of what is owned; import an export that names commitments.

    import.list-derived
    Covered usage states no list cost: it is that of the same machine on demand in the bill.
    Nothing; export list prices if coverage must be exact.

    import.free
    Usage says that it is free (a free tier, a trial): it is no demand.
    Import a bill of the time after it, where it is paid for.

    import.on-dedicated-host
    Machines of Azure cost nothing at the price on demand: the Dedicated Host that they run on is charged for.
    Nothing, if they run on hosts or are free; import.coverable has the money of the hosts.

    import.covered-without-cost
    Committed usage has no cost of its own.
    Export amortised costs.

    import.commitment-costs
    The costs of commitments do not add up.
    Export amortised costs with used and unused parts.

    import.commitment-unnamed
    Committed usage does not name its commitment.
    Export the commitment's id (FOCUS CommitmentDiscountId, the ARN in CUR).

    import.coverable
    Commitments cover such usage, but it is not read as demand; it counts in coverage only.
    Check with the provider's own recommendations what to commit to for it.

    import.no-region
    Machines have no region.
    Export it again with the region (FOCUS RegionId, CUR product_region_code).

    import.unknown-machine-type
    The type of machines is missing or not known: how many ran is not known.
    Export what names it (Azure AdditionalInfo or x_SkuDetails), or update the program.

    import.unknown-engine
    Databases or caches of AWS do not say their engine, which reservations are for.
    Export the operation (CUR line_item_operation, FOCUS x_Operation).

    import.nothing-coverable
    There is usage, and none that a commitment can cover.
    Export the columns that the finding names, or another bill.

    import.not-coverable
    Usage is of no machine and of nothing else that commitments cover.
    Nothing, unless machines are among it.

    import.money-only
    Of this provider's usage only the money is read.
    Nothing; its commitments are not known here.

    import.months-next-to-days
    A file has rows of a machine for weeks or months next to rows for hours or days: both count.
    Import one of the two exports alone, if they are the same usage.

    import.sums-of-days
    Rows for weeks or months are the sums of rows for hours or days of the same file: they are left out.
    Import one of the two exports alone: fees and taxes that are in both count twice.

    import.read-as-months
    Rows of Azure are of a month's first day and hold more hours than a day: they are sums of months.
    Export days; of scale sets on one day, import the days that follow too.

    import.rounded-account
    An account is a number that a spreadsheet rounded: several accounts may have become one.
    Export the file again, and do not save it from a spreadsheet.

    import.ambiguous-dates
    No date with slashes says whether day or month comes first; the month is taken to.
    If the day comes first, export the file with dates as 2025-04-03, or import the whole month.

    import.mixed-dates
    Some dates have the month first, and some the day.
    Export the file again with dates as 2025-04-03.

    import.engine-silent
    DuckDB did nothing for a minute or longer.
    See whether the bills can be read, and import them again.

    import.not-a-file
    A bill is no file: a folder in its place, a device, a pipe, or a file that grows.
    Name a file, or copy it first.

    import.span
    The usage of all bills spans more than twenty years.
    Check the years of the charge periods, or import the years into two histories.

    import.too-large
    A sum is larger than a history holds.
    Correct the amounts of the bill; the history is as it was.

    import.too-many-files
    A folder or a pattern names more files than an import takes.
    Name the folders or a pattern of the bills that you mean.
    """
}
