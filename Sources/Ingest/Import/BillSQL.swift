/// The aggregation of a billing file: one SQL text for every engine.
///
/// It is written in the SQL that DuckDB and Spark share; where they differ it calls functions whose
/// names begin with `p_`, which `SQLDialect` defines. Rows are first added up by their own texts and
/// only then read (instance types, rules), so that no pattern is matched on every row.
struct BillSQL {
  var format: BillFormat
  var columns: BillColumns
  /// What stands behind FROM: a table function or a view of the file.
  var input: String

  private static let keys = [
    "currency", "seller", "publisher", "account", "region", "service", "kind", "correction",
    "pricing", "commitment", "status", "usage_type", "operation", "details", "description", "unit",
  ]

  private var rows: String {
    "select \(format.selection(columns))\n  from \(input)"
  }

  private var keyList: String { BillSQL.keys.joined(separator: ", ") }

  /// Hours × usage groups, and days × everything else: a line a cell, in `BillCell`'s order.
  var cells: String {
    """
    with bill as (
      \(rows)),
    timed as (
      select \(BillSQL.keys.map { "coalesce(\($0), '') as \($0)" }.joined(separator: ", ")),
        p_hour(starts) as hour, p_span(starts, ends) as span,
        p_exact(quantity_text) as quantity, p_exact(list_text) as list,
        p_exact(contracted_text) as contracted, p_exact(billed_text) as billed,
        p_exact(effective_text) as effective, p_exact(unused_text) as unused,
        case when (billed_text is not null and p_exact(billed_text) is null)
          or (effective_text is not null and p_exact(effective_text) is null)
          or (quantity_text is not null and p_exact(quantity_text) is null)
          or starts is null then 1 else 0 end as bad
      from bill),
    added as (
      select \(keyList), hour, span, count(*) as n,
        sum(coalesce(quantity, 0)) as quantity,
        sum(case when span <= 1 or quantity % span = 0 then coalesce(quantity, 0) else 0 end)
          as certain,
        sum(coalesce(list, 0)) as list, sum(coalesce(contracted, 0)) as contracted,
        sum(coalesce(billed, 0)) as billed, sum(coalesce(effective, 0)) as effective,
        sum(coalesce(unused, 0)) as unused, sum(bad) as bad
      from timed group by \(keyList), hour, span),
    named as (
      select *, p_provider(seller) as provider, \(format.classification) as class_rule,
        p_instance_type(seller, service, usage_type, operation, details, description, unit)
          as instance_type,
        p_operating_system(usage_type, operation, details, description) as operating_system,
        p_tenancy(usage_type, details) as tenancy,
        p_share(seller, unit, details, usage_type) as share
      from added),
    chosen as (
      select *, case when class_rule in ('on-demand/usage', 'covered/usage')
        and provider in ('aws', 'azure', 'gcp') and region <> '' then instance_type else '' end
        as group_type
      from named)
    select 'C', currency, provider, account, service, region, group_type,
      case when group_type <> '' then operating_system else '' end,
      case when group_type <> '' then tenancy else '' end,
      class_rule, commitment, case when correction = 'Correction' then 1 else 0 end,
      case when group_type <> '' then hour else hour - hour % 24 end,
      case when group_type <> '' then span else 24 end,
      sum(n), sum(case when group_type <> '' then p_scaled(quantity, share) else 0 end),
      sum(case when group_type <> '' then p_scaled(certain, share) else 0 end),
      sum(list), sum(contracted), sum(billed), sum(effective), sum(unused), sum(bad)
    from chosen
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
    """
  }

  /// The file's own totals by month and service, over all rows, apart from every rule.
  var totals: String {
    """
    with bill as (
      \(rows))
    select 'T', coalesce(service, ''), p_month(starts), count(*),
      sum(coalesce(p_exact(list_text), 0)), sum(coalesce(p_exact(contracted_text), 0)),
      sum(coalesce(p_exact(billed_text), 0)), sum(coalesce(p_exact(effective_text), 0)),
      sum(coalesce(p_exact(unused_text), 0))
    from bill group by 1, 2, 3
    """
  }

  /// The commitments that the file names.
  var commitments: String {
    """
    with bill as (
      \(rows))
    select 'K', commitment, p_provider(max(seller)), coalesce(max(account), ''), coalesce(max(name), ''),
      coalesce(max(type), ''), coalesce(max(category), ''), min(p_hour(starts)),
      max(p_hour(starts))
    from bill where commitment is not null and commitment <> '' group by commitment
    """
  }

  /// The first rows whose numbers or times cannot be read.
  var badRows: String {
    """
    with bill as (
      \(rows)),
    numbered as (select *, row_number() over () as number from bill)
    select 'B', number, coalesce(cast(starts as varchar), ''),
      coalesce(cast(quantity_text as varchar), ''), coalesce(cast(billed_text as varchar), ''),
      coalesce(cast(effective_text as varchar), '')
    from numbered where starts is null
      or (billed_text is not null and p_exact(billed_text) is null)
      or (effective_text is not null and p_exact(effective_text) is null)
      or (quantity_text is not null and p_exact(quantity_text) is null)
    order by number limit 21
    """
  }
}
