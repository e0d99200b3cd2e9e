/// Made by Data/embed.py of Data/aws-size-flexibility.csv; a test holds the two together.
enum AWSSizeTable {
  // swift-format-ignore
  static let csv = """
    # How AWS applies regional Reserved Instances to other sizes of a family.
    # Source: Amazon EC2 User Guide, "How Reserved Instances are applied" (normalization factors,
    # bare metal, what size flexibility leaves out); facts as published in June 2023, entered on
    # 2026-11-25 and compared with the page's examples (Tests/BillingTests/Golden/ri-*).
    # size: normalised units of one instance. xlarge-multiple: units for each of N in N-xlarge, for
    # sizes that are not listed. metal: units of a family's bare metal. no-flexibility: families
    # that cover exact types only. flexible-system, flexible-tenancy: the only ones that are flexible.
    kind,name,units
    size,nano,0.25
    size,micro,0.5
    size,small,1
    size,medium,2
    size,large,4
    size,xlarge,8
    size,2xlarge,16
    size,3xlarge,24
    size,4xlarge,32
    size,6xlarge,48
    size,8xlarge,64
    size,9xlarge,72
    size,10xlarge,80
    size,12xlarge,96
    size,16xlarge,128
    size,18xlarge,144
    size,24xlarge,192
    size,32xlarge,256
    size,56xlarge,448
    size,112xlarge,896
    xlarge-multiple,xlarge,8
    metal,a1,32
    metal,m5zn,96
    metal,z1d,96
    metal,c6g,128
    metal,c6gd,128
    metal,i3,128
    metal,m6g,128
    metal,m6gd,128
    metal,r6g,128
    metal,r6gd,128
    metal,x2gd,128
    metal,c5n,144
    metal,c5,192
    metal,c5d,192
    metal,i3en,192
    metal,m5,192
    metal,m5d,192
    metal,m5dn,192
    metal,m5n,192
    metal,r5,192
    metal,r5b,192
    metal,r5d,192
    metal,r5dn,192
    metal,r5n,192
    metal,u-*,896
    no-flexibility,g4ad,
    no-flexibility,g4dn,
    no-flexibility,g5,
    no-flexibility,g5g,
    no-flexibility,inf1,
    flexible-system,Linux,
    flexible-system,Linux/UNIX,
    flexible-tenancy,default,

    """
}
