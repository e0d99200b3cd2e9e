/// Made by Data/embed.py of Data/azure-region-ratios.csv; a test holds the two together.
enum AzureRatioTable {
  // swift-format-ignore
  static let csv = """
    # Of reservations that are good for all regions (azure-reservations.csv, location): how much of one
    # a unit of usage takes in a region, as its price on demand is to that of the others. Of a region
    # without a row nothing is known.
    service,region,ratio,date,source
    azure-cosmos,southeastasia,1,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,eastasia,1,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,northeurope,1,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,koreasouth,1,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,westeurope,1,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,koreacentral,1,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,uksouth,1,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,ukwest,1,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,eastus2,1,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,northcentralus,1,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,westus,1,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,centralus,1,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,westus2,1,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,westcentralus,1,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,eastus,1,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,southafricanorth,1,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,southafricawest,1,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,southindia,1.0375,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,canadaeast,1.1,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,japaneast,1.125,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,japanwest,1.125,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,westindia,1.1375,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,centralindia,1.1375,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,australiaeast,1.15,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,canadacentral,1.2,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,francecentral,1.25,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,brazilsouth,1.5,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,australiacentral,1.5,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,australiacentral2,1.5,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)
    azure-cosmos,francesouth,1.625,2023-06-01,Microsoft Learn: Understand how the reservation discount is applied to Azure Cosmos DB (discount per region)

    """
}
