/// Made by Data/embed.py of Data/platforms.csv; a test holds the two together.
enum PlatformTable {
  // swift-format-ignore
  static let csv = """
    # What AWS runs and bills a machine as. kind `operation`: text is what follows the colon of RunInstances in bills; `system` and
    # `software`: spellings of the price list, of reservations and of Cost Explorer, in small letters. name: as SKUs have it.
    kind,text,name,date,source
    operation,,Linux,2023-05-31,Amazon EC2 User Guide: AMI billing information fields
    operation,0002,Windows,2023-05-31,Amazon EC2 User Guide: AMI billing information fields
    operation,0010,RHEL,2023-05-31,Amazon EC2 User Guide: AMI billing information fields
    operation,000g,SUSE,2023-05-31,Amazon EC2 User Guide: AMI billing information fields
    operation,0g00,Ubuntu Pro,2023-05-31,Amazon EC2 User Guide: AMI billing information fields
    operation,0004,Linux with SQL Std,2023-05-31,Amazon EC2 User Guide: AMI billing information fields
    operation,0100,Linux with SQL Ent,2023-05-31,Amazon EC2 User Guide: AMI billing information fields
    operation,0200,Linux with SQL Web,2023-05-31,Amazon EC2 User Guide: AMI billing information fields
    operation,0006,Windows with SQL Std,2023-05-31,Amazon EC2 User Guide: AMI billing information fields
    operation,0102,Windows with SQL Ent,2023-05-31,Amazon EC2 User Guide: AMI billing information fields
    operation,0202,Windows with SQL Web,2023-05-31,Amazon EC2 User Guide: AMI billing information fields
    operation,0014,RHEL with SQL Std,2023-05-31,Amazon EC2 User Guide: AMI billing information fields
    operation,0110,RHEL with SQL Ent,2023-05-31,Amazon EC2 User Guide: AMI billing information fields
    operation,0210,RHEL with SQL Web,2023-05-31,Amazon EC2 User Guide: AMI billing information fields
    operation,1010,RHEL with HA,2023-05-31,Amazon EC2 User Guide: AMI billing information fields
    operation,1014,RHEL with HA and SQL Std,2023-05-31,Amazon EC2 User Guide: AMI billing information fields
    operation,1110,RHEL with HA and SQL Ent,2023-05-31,Amazon EC2 User Guide: AMI billing information fields
    operation,00g0,RHEL BYOL,2023-05-31,Amazon EC2 User Guide: AMI billing information fields
    operation,0800,Windows BYOL,2023-05-31,Amazon EC2 User Guide: AMI billing information fields
    system,red hat enterprise linux with ha,RHEL with HA,2023-02-23,AWS price list: EC2 operatingSystem; DescribeReservedInstances ProductDescription
    system,red hat enterprise linux,RHEL,2023-02-23,AWS price list: EC2 operatingSystem; DescribeReservedInstances ProductDescription
    system,rhel,RHEL,2023-02-23,AWS price list: EC2 operatingSystem; DescribeReservedInstances ProductDescription
    system,rhel with ha,RHEL with HA,2023-02-23,AWS price list: EC2 operatingSystem; DescribeReservedInstances ProductDescription
    system,suse,SUSE,2023-02-23,AWS price list: EC2 operatingSystem; DescribeReservedInstances ProductDescription
    system,suse linux,SUSE,2023-02-23,AWS price list: EC2 operatingSystem; DescribeReservedInstances ProductDescription
    system,linux,Linux,2023-02-23,AWS price list: EC2 operatingSystem; DescribeReservedInstances ProductDescription
    system,linux/unix,Linux,2023-02-23,AWS price list: EC2 operatingSystem; DescribeReservedInstances ProductDescription
    system,windows,Windows,2023-02-23,AWS price list: EC2 operatingSystem; DescribeReservedInstances ProductDescription
    system,ubuntu pro linux,Ubuntu Pro,2023-02-23,AWS price list: EC2 operatingSystem; DescribeReservedInstances ProductDescription
    system,ubuntu pro,Ubuntu Pro,2023-02-23,AWS price list: EC2 operatingSystem; DescribeReservedInstances ProductDescription
    software,sql std,SQL Std,2023-02-23,AWS price list: EC2 preInstalledSw; DescribeReservedInstances ProductDescription
    software,sql web,SQL Web,2023-02-23,AWS price list: EC2 preInstalledSw; DescribeReservedInstances ProductDescription
    software,sql ent,SQL Ent,2023-02-23,AWS price list: EC2 preInstalledSw; DescribeReservedInstances ProductDescription
    software,sql server standard,SQL Std,2023-02-23,AWS price list: EC2 preInstalledSw; DescribeReservedInstances ProductDescription
    software,sql server web,SQL Web,2023-02-23,AWS price list: EC2 preInstalledSw; DescribeReservedInstances ProductDescription
    software,sql server enterprise,SQL Ent,2023-02-23,AWS price list: EC2 preInstalledSw; DescribeReservedInstances ProductDescription

    """
}
