/// `BillSQL` for DuckDB.
enum DuckDBDialect: SQLDialect {
  static let definitions = """
    set TimeZone = 'UTC';
    create macro p_exact(x) as try_cast(x as decimal(38, 12));
    create macro p_time(x) as try_cast(x as timestamp);
    create macro p_hour(x) as cast(floor(epoch(x) / 3600) as bigint);
    create macro p_span(a, b) as greatest(1, coalesce(cast(ceil(epoch(b) / 3600) as bigint), 0) - coalesce(p_hour(a), 0));
    create macro p_month(x) as strftime(x, '%Y-%m');
    create macro p_provider(seller) as \(SharedSQL.provider);
    create macro p_is_foreign(seller, publisher) as \(SharedSQL.isForeign);
    create macro p_machine(tags) as regexp_extract(tags, 'machine_spec[^a-z]+(?:value[^a-z]+)?([a-z][a-z0-9]*-[a-z0-9-]+)', 1);
    create macro p_instance_type(seller, service, usage_type, operation, details, description, unit) as \(SharedSQL.instanceType);
    create macro p_operating_system(usage_type, operation, details, description) as \(SharedSQL.operatingSystem);
    create macro p_tenancy(usage_type, details) as \(SharedSQL.tenancy);
    create macro p_share(seller, unit, details, usage_type) as \(SharedSQL.share);
    create macro p_scaled(quantity, share) as
      case when share = 1 then quantity
        else cast(cast(quantity as double) * share as decimal(38, 12)) end;
    """
}
