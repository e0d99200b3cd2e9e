/// Made by Data/embed.py of Data/azure-size-flexibility.csv; a test holds the two together.
enum AzureSizeTable {
  // swift-format-ignore
  static let csv = """
    # Which sizes an Azure reservation covers: groups of sizes and their ratios. Microsoft's table
    # itself is not copied: in all but a few series a group is a series and the ratio is the number
    # in the size's name. kind `letters`: series with these letters follow that rule (M, N and H do
    # not). kind `series`: a series with ratios of its own, as number=ratio; `*` is every
    # other number, at itself; group: where it is not the series; a size that is not listed covers
    # itself alone. several rows of a series are tried in order. kind `type`: one type, of the group
    # `group`; ratios is its ratio.
    kind,name,group,ratios,date,source
    letters,A,,,2024-04-10,Azure isfratioblob table
    letters,B,,,2024-04-10,Azure isfratioblob table
    letters,D,,,2024-04-10,Azure isfratioblob table
    letters,DC,,,2024-04-10,Azure isfratioblob table
    letters,E,,,2024-04-10,Azure isfratioblob table
    letters,EC,,,2024-04-10,Azure isfratioblob table
    letters,F,,,2024-04-10,Azure isfratioblob table
    letters,FX,,,2024-04-10,Azure isfratioblob table
    letters,L,,,2024-04-10,Azure isfratioblob table
    series,Standard_A,,,2024-04-10,Azure isfratioblob table
    series,Standard_D,,1=1;2=2;3=4;4=8;5=16,2024-04-10,Azure isfratioblob table
    series,Standard_D,Standard_D high memory,11=1;12=2;13=4;14=8,2024-04-10,Azure isfratioblob table
    series,Standard_DS,,1=1;2=2;3=4;4=8;5=16,2024-04-10,Azure isfratioblob table
    series,Standard_DS,Standard_DS high memory,11=1;12=2;13=4;14=8,2024-04-10,Azure isfratioblob table
    series,Standard_D_v2,,1=1;2=2;3=4;4=8;5=16,2024-04-10,Azure isfratioblob table
    series,Standard_D_v2,Standard_D_v2 high memory,11=1;12=2;13=4;14=8;15=10,2024-04-10,Azure isfratioblob table
    series,Standard_DS_v2,,1=1;2=2;3=4;4=8;5=16,2024-04-10,Microsoft Learn: Virtual machine size flexibility with Reserved VM Instances
    series,Standard_DS_v2,Standard_DS_v2 high memory,11=1;12=2;13=4;14=8;15=10,2024-04-10,Azure isfratioblob table
    series,Standard_Bls,Standard_Bs,1=1,2024-04-10,Azure isfratioblob table
    series,Standard_Bs,,1=2;2=8,2024-04-10,Azure isfratioblob table
    series,Standard_Bms,,1=1;2=4;4=8;8=16;12=24;16=32;20=40,2024-04-10,Azure isfratioblob table
    series,Standard_E_v3,,64=57.6;*,2024-04-10,Azure isfratioblob table
    series,Standard_Es_v3,,64=57.6;*,2024-04-10,Azure isfratioblob table
    series,azure-redis/P,,1=1;2=2;3=4;4=8;5=18,2024-04-10,Azure isfratioblob table; Microsoft Learn: Prepay for Azure Cache for Redis (cache size flexibility)
    series,azure-redis/E,,1=1;10=2;20=4;50=8;100=15,2024-04-10,Azure isfratioblob table; Microsoft Learn: Prepay for Azure Cache for Redis (cache size flexibility)
    series,azure-redis/F,,300=1;700=2;1500=4,2024-04-10,Azure isfratioblob table; Microsoft Learn: Prepay for Azure Cache for Redis (cache size flexibility)
    type,azure-cosmos/RU,azure-cosmos/RU,1,2024-03-11,Microsoft Learn: Optimize cost with reserved capacity in Azure Cosmos DB (autoscale takes 1.5 times the reserved throughput)
    type,azure-cosmos/RU-autoscale,azure-cosmos/RU,1.5,2024-03-11,Microsoft Learn: Optimize cost with reserved capacity in Azure Cosmos DB (autoscale takes 1.5 times the reserved throughput)

    """
}
