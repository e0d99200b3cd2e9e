/// Expressions over the texts of `BillFormat.keys` that mean the same on every engine.
///
/// They are evaluated once for each different set of texts, never once a row.
enum SharedSQL {
  static let provider = """
    case when lower(seller) like '%amazon%' or lower(seller) = 'aws' then 'aws'
      when lower(seller) like '%microsoft%' or lower(seller) like '%azure%' then 'azure'
      when lower(seller) like '%google%' or lower(seller) = 'gcp' then 'gcp'
      else lower(seller) end
    """
  /// Sold by somebody else than the provider.
  static let isForeign = """
    (publisher <> '' and not (lower(publisher) like '%amazon%' or lower(publisher) like 'aws%'
      or lower(publisher) like '%microsoft%' or lower(publisher) like '%azure%'
      or lower(publisher) like '%google%' or lower(publisher) = lower(seller)))
    """
  static let instanceType = """
    case when lower(seller) like '%google%' then
        case when description like '%Core%' then details else '' end
      when lower(seller) like '%microsoft%' or lower(seller) like '%azure%' then
        case when service = 'Virtual Machines' and operation not like '%License%'
          then regexp_extract(details, '((Standard|Basic)_[A-Za-z0-9_-]+)', 1) else '' end
      when not (lower(unit) like '%hour%' or lower(unit) in ('hrs', 'h')) then ''
      when usage_type like '%BoxUsage' then 'm1.small'
      when usage_type <> '' then regexp_extract(usage_type,
        '(?:BoxUsage|DedicatedUsage|UnusedBox|UnusedDed|HeavyUsage|InstanceUsage|Multi-AZUsage|InstanceUsageIOOptimized|Host|Train|Notebk|Notebook|Studio|Processing):((?:db[.]|ml[.])?[a-z][a-z0-9-]*[.][a-z0-9-]+)$', 1)
      when details like '%nstanceType%' then regexp_extract(details,
        'nstanceType"? ?(?::|=|->) ?"?((?:db[.]|ml[.])?[a-z][a-z0-9-]*[.][a-z0-9-]+)', 1)
      else regexp_extract(description,
        '(?:On Demand|Dedicated|Reserved)[A-Za-z0-9 /()-]* ((?:db[.]|ml[.])?[a-z][a-z0-9-]*[.][a-z0-9-]+) [A-Za-z ]*(?:Instance|instance)', 1)
      end
    """
  /// AWS: the platform codes of RunInstances (EC2 user guide, "AMI billing information fields").
  static let operatingSystem = """
    case when operation in ('RunInstances:0002', 'RunInstances:0800') or usage_type like '%Windows%' then 'Windows'
      when operation = 'RunInstances:0010' then 'RHEL'
      when operation = 'RunInstances:000g' then 'SUSE'
      when operation = 'RunInstances:0006' then 'Windows with SQL Standard'
      when operation = 'RunInstances:0102' then 'Windows with SQL Enterprise'
      when operation = 'RunInstances:0202' then 'Windows with SQL Web'
      when operation = 'RunInstances:0004' then 'Linux with SQL Standard'
      when operation = 'RunInstances:0100' then 'Linux with SQL Enterprise'
      when operation = 'RunInstances:0200' then 'Linux with SQL Web'
      when description like '%Windows%' or details like '%Windows%' then 'Windows'
      when description like '%RHEL%' or details like '%RHEL%' then 'RHEL'
      when description like '%SUSE%' or details like '%SUSE%' then 'SUSE' else 'Linux' end
    """
  static let tenancy = """
    case when usage_type like '%DedicatedUsage%' or usage_type like '%UnusedDed%'
      or details like '%Dedicated%' then 'dedicated' else 'default' end
    """
  /// Google tells the machine's type only in its labels or tags.
  static func machine(_ tags: String) -> String {
    "regexp_extract(\(tags), 'machine_spec[^a-z]+(?:value[^a-z]+)?([a-z][a-z0-9]*-[a-z0-9-]+)', 1)"
  }
  /// Units of the quantity in an hour of an instance. Google bills vCPUs, by the hour or the second: the
  /// last number of a machine type is how many it has.
  static func divisor(_ dialect: any SQLDialect) -> String {
    """
    (case when lower(unit) like 'second%' then 3600 else 1 end)
      * (case when lower(seller) like '%google%' then
        coalesce(\(dialect.integer("regexp_extract(details, '-([0-9]+)$', 1)")), 1) else 1 end)
    """
  }
}
