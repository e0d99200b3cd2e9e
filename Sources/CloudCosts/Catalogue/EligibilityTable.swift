/// Made by Data/embed.py of Data/eligibility.csv; a test holds the two together.
enum EligibilityTable {
  // swift-format-ignore
  static let csv = """
    # What commitments do not cover of a service that they are sold for, and what is no longer sold. rule: `never` (no such
    # usage is covered: a price or a commitment for it is a mistake), `unless-stated` (not covered, as far as is known: a
    # rate in a price file says more), `ended` (not sold from `from` on; what is owned goes on). products, types, systems:
    # `*` is any text, `#` is digits, in small letters; empty: all. older_than: the first generation (the number in the
    # family's name) that is not meant. terms: years, for `ended`; empty: all.
    rule,products,service,types,systems,older_than,terms,from,date,source
    never,azure-reservation;azure-savings-plan,azure-vm,basic_*,,,,,2026-08-22,Microsoft Learn: Save costs with Azure Reserved VM Instances (no A-series; Av2 is one that is reserved); Azure Retail Prices (A Series Basic has no savings plan rate)
    never,azure-reservation;azure-savings-plan,azure-vm,standard_a#,,,,,2026-08-22,Microsoft Learn: Save costs with Azure Reserved VM Instances (no A-series; Av2 is one that is reserved); Azure Retail Prices (A Series has no savings plan rate)
    never,azure-reservation;azure-savings-plan,azure-vm,*_promo,,,,,2026-08-22,Microsoft Learn: Save costs with Azure Reserved VM Instances (no promotional meters); Azure Retail Prices (promo series have no savings plan rate)
    never,azure-reservation;azure-savings-plan,azure-app-service,b#;s#;p#;p#v2;i#;f#;d#,,,,,2026-07-17,Microsoft Learn: Save costs with Azure App Service reserved instances (Premium v3 and later and Isolated v2 and later); the same plans get savings plan prices
    never,azure-reservation,azure-redis,c#,,,,,2022-08-19,Microsoft Learn: Prepay for Azure Cache for Redis compute resources (not Basic and Standard)
    never,azure-reservation,azure-sql,*-serverless-*,,,,,2026-08-27,Microsoft Learn: Reserved capacity for Azure SQL (serverless is not covered)
    never,ri-redshift,redshift,rpu,,,,,2026-10-01,Amazon Redshift Management Guide: Billing for serverless reservations (nodes and RPUs are reserved apart)
    never,ri-redshift-serverless,redshift,*.*,,,,,2026-10-01,Amazon Redshift Management Guide: Billing for serverless reservations (nodes and RPUs are reserved apart)
    ended,azure-reservation,azure-vm,standard_d#;standard_ds#;standard_d#_v2;standard_ds#_v2;standard_ds#-#_v2;standard_l#s,,,3,2025-05-01,2026-01-30,Microsoft Learn: Retired VM sizes migration guide
    ended,azure-reservation,azure-vm,standard_f#;standard_f#s;standard_f#s_v2;standard_l#s_v2;standard_g#;standard_gs#;standard_gs#-#;standard_a#_v2;standard_a#m_v2;standard_b#ls;standard_b#s;standard_b#ms,,,3,2025-11-15,2026-01-30,Microsoft Learn: Retired VM sizes migration guide
    ended,azure-reservation,azure-vm,standard_d#;standard_ds#;standard_d#_v2;standard_ds#_v2;standard_ds#-#_v2;standard_l#s;standard_f#;standard_f#s;standard_f#s_v2;standard_l#s_v2;standard_g#;standard_gs#;standard_gs#-#;standard_a#_v2;standard_a#m_v2;standard_b#ls;standard_b#s;standard_b#ms,,,1,2026-07-01,2026-05-01,Microsoft Learn: Transition guide for retired Azure Reserved VM Instances
    ended,azure-reservation,azure-vm,standard_d#_v3;standard_d#s_v3;standard_e#_v3;standard_e#i_v3;standard_e#s_v3;standard_e#is_v3;standard_e#-#s_v3,,,1;3,2026-07-01,2026-05-01,Microsoft Learn: Transition guide for retired Azure Reserved VM Instances
    never,gcp-cud-resource;gcp-cud-flexible,gce,f#-micro;g#-small,,,,,2026-08-20,Google Cloud: Committed use discounts (machine types that do not share a core; those of E2 are billed by E2's SKUs of vCPUs and memory)
    unless-stated,sp-database,rds,db.*,,7,,,2026-04-22,AWS Database Savings Plans offer file; Agent Toolkit for AWS: Aurora commitment pricing mechanics (no r6g and older and no burstable classes)
    unless-stated,sp-database,rds,db.t*,,,,,2026-04-22,AWS Database Savings Plans offer file; Agent Toolkit for AWS: Aurora commitment pricing mechanics (no r6g and older and no burstable classes)
    unless-stated,sp-database,elasticache,cache.*,,7,,,2026-04-22,AWS Database Savings Plans offer file (nodes of the generation 7)
    unless-stated,sp-database,elasticache,cache.t*,,,,,2026-04-22,AWS Database Savings Plans offer file (nodes of the generation 7)
    unless-stated,sp-database,elasticache,,redis;memcached,,,,2026-04-22,AWS Database Savings Plans offer file (ElastiCache for Valkey alone)
    unless-stated,sp-database,documentdb,db.*,,7,,,2026-04-22,AWS Database Savings Plans offer file (as of RDS)
    unless-stated,sp-database,documentdb,db.t*,,,,,2026-04-22,AWS Database Savings Plans offer file (as of RDS)
    unless-stated,sp-database,neptune,db.*,,7,,,2026-04-22,AWS Database Savings Plans offer file (as of RDS)
    unless-stated,sp-database,neptune,db.t*,,,,,2026-04-22,AWS Database Savings Plans offer file (as of RDS)
    unless-stated,sp-database,dms,dms.*,,7,,,2026-04-22,AWS Database Savings Plans offer file (instances of the generation 7)
    unless-stated,sp-database,dms,dms.t*,,,,,2026-04-22,AWS Database Savings Plans offer file (instances of the generation 7)
    unless-stated,sp-database,opensearch,c#*.search;m#*.search;r#*.search;i#*.search,,7,,,2026-04-22,AWS Database Savings Plans offer file (or1 and om2 are in it)
    unless-stated,sp-database,opensearch,t#.*.search;ultrawarm*.search;d#.*.search,,,,,2026-04-22,AWS Database Savings Plans offer file (or1 and om2 are in it)

    """
}
