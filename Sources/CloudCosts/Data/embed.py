#!/usr/bin/env python3
"""Writes the CSV files next to it into ../Catalogue/: a copied binary has to run without files."""
from pathlib import Path

here = Path(__file__).parent
tables = {
    "aws-size-flexibility.csv": "AWSSizeTable",
    "azure-size-flexibility.csv": "AzureSizeTable",
    "azure-reservations.csv": "AzureReservationTable",
    "azure-region-ratios.csv": "AzureRatioTable",
    "sustained-use.csv": "SustainedUseTable",
    "google-built.csv": "GoogleBuiltTable",
    "named-meters.csv": "NamedMeterTable",
    "giving-up.csv": "GivingUpTable",
    "services.csv": "ServiceTable",
    "products.csv": "ProductTable",
    "engines.csv": "EngineTable",
    "meters.csv": "MeterTable",
    "interfaces.csv": "InterfaceTable",
    "machines.csv": "MachineTable",
    "coverable.csv": "CoverableTable",
    "eligibility.csv": "EligibilityTable",
    "platforms.csv": "PlatformTable",
}
for name, table in tables.items():
    lines = "".join(
        f"    {line}\n" if line else "\n" for line in (here / name).read_text().splitlines()
    )
    text = (
        f"""/// Made by Data/embed.py of Data/{name}; a test holds the two together.
enum {table} {{
  // swift-format-ignore
  static let csv = \"\"\"
{lines}
    \"\"\"
}}
"""
    )
    # One that is as it was keeps its time, so that nothing is built again.
    file = here.parent / "Catalogue" / f"{table}.swift"
    if not file.exists() or file.read_text() != text:
        file.write_text(text)
