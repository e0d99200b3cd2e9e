extension FindingRule {
  /// Any table that a person or another program wrote.
  static let fileRules = """
    FILE.unreadable
    The file cannot be read.
    Check its path and its permissions.

    input.waiting
    An input is a pipe that nothing has come through for some seconds.
    Start what writes into it, or name a file; it is given up after a minute.

    input.reading
    An input is a pipe that has brought bytes for a minute and has not ended.
    Wait until what writes into it ends, or end it.

    FILE.other-kind
    The file holds no text: it is Parquet, a workbook, packed by something else than gzip.
    Save it as CSV or JSON, or unpack it.

    FILE.truncated
    The compressed file ends too early.
    Copy or export it again; its size is not what it was.

    FILE.damaged
    The compressed data are damaged.
    Copy or export the file again.

    FILE.empty
    The file is empty, or it has a header and no rows.
    Export it again, or leave it out of the scenario.

    FILE.not-utf8
    A line is not UTF-8 text.
    Save the file with the encoding UTF-8.

    FILE.stray-quote
    A quote is inside a field that does not begin with one.
    Put the whole field between quotes, and double the quotes in it.

    FILE.unclosed-quote
    A quote is opened and never closed.
    Close it, or double it where it belongs to the text.

    FILE.field-count
    A row has more or fewer fields than the header.
    Give each column a field, empty or not; quote a field that holds a comma.

    FILE.long-line
    A line is far longer than any row can be.
    Check that this is a CSV file with line ends.

    FILE.missing-column
    A column is missing that is always needed.
    Add it, or rename the column that holds it.

    FILE.unknown-column
    A column is not known, and looks like one that is, or may limit what its rows are about; the file is read without it.
    Rename it, remove it, or say the same in known columns.

    FILE.duplicate-column
    Two columns have the same name.
    Remove or rename one of them.

    FILE.not-a-number
    A field must be a number and is none.
    Write a plain decimal number such as 12.5, without marks between thousands.

    FILE.negative-COLUMN
    A number is below 0.
    Write 0 or more; leave credits and corrections out.

    FILE.absurd-COLUMN
    A number is larger than any real one.
    Check the unit and the decimal point.

    FILE.empty-COLUMN
    A field is empty that every row needs.
    Fill it in.

    FILE.missing-COLUMN
    A field is empty that this row needs.
    Fill it in.

    FILE.zero-COLUMN
    An amount is 0 where something is owned.
    Remove the row, or state what is owned.

    FILE.unknown-COLUMN
    A name is not one of those that the column may hold.
    Write one of the names that the finding lists.

    FILE.bad-timestamp
    A time is no ISO 8601 date and time.
    Write it as 2023-02-01T00:00:00Z; in scenarios a date alone is its first hour.

    FILE.not-utc
    A time has no time zone, or another one than UTC.
    Write it in UTC, with a Z at its end; `plimsoll init --timezone Z` converts a file.

    FILE.not-on-hour
    A time is not on the hour.
    Write the hour that the usage belongs to.

    FILE.bad-term
    A term is neither 1 nor 3 years.
    Write 1 or 3.

    FILE.duplicate
    Two rows say something of the same thing.
    Keep one of them; of usage, add up the rows of one group and hour.

    FILE.duplicate-id
    Two rows have the same id.
    Give each its own id, or remove the copy.

    FILE.out-of-order
    A row is earlier than the row before it.
    Sort the file by timestamp.

    FILE.end-before-start
    The end is not after the start.
    Write the first hour in which it holds, and the first in which it no longer does.

    FILE.absurd-start
    The start is before 2000 or after 2100.
    Correct the year; dates are those of the Gregorian calendar.

    FILE.absurd-end
    The end is more than twenty years after the start.
    Correct the year.

    FILE.not-json
    The file is not whole JSON.
    Export or download it again, and check that it arrived whole.

    FILE.unknown-format
    The contents are those of no known kind of file.
    Name one of the kinds that the finding lists.

    FILE.other-currency
    An amount is in another currency than the rest: it is left aside.
    State all amounts in one currency, or set currency in the scenario file; nothing is converted.

    FILE.no-rates
    The price file has no rates for a savings plan, which therefore covers nothing.
    Add the plan's rates to the price file, also where the plan is no longer sold.

    FILE.no-price
    The price file has no price for what the row names.
    Add it to the price file.

    FILE.more-pages
    The file says that the list goes on in another page.
    Export all pages, and name them all.

    FILE.left-aside
    Some entries are of a kind that is not read.
    Nothing, unless the finding names what you need.

    FILE.outside-window
    Something has no effect in the hours that are looked at.
    Nothing, if that is meant; else change the window.

    FILE.product-of-other-provider
    The provider does not sell the product.
    Correct the provider or the product.

    FILE.product-of-other-service
    The product does not cover this kind of usage.
    Correct the product or the instance type.

    FILE.zone-not-for-product
    A zone is named for a product that is not sold by zone.
    Leave zone empty; only zonal Reserved Instances have one.

    FILE.unknown-service
    The service is not one that the program knows.
    Write one of the services that the finding lists.

    FILE.unknown-unit
    The unit is none in which the service is metered.
    Convert quantity and price to one of the units that the finding lists.
    """
}
