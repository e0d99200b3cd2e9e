#!/usr/bin/env python3
"""Writes the CSV beside it into ../AWSSizeTable.swift: a copied binary has to run without files."""
from pathlib import Path

here = Path(__file__).parent
name = "aws-size-flexibility.csv"
text = (here / name).read_text()
lines = "".join(f"    {line}\n" for line in text.splitlines())
(here.parent / "AWSSizeTable.swift").write_text(
    f"""/// Made by Data/embed.py of Data/{name}; a test holds the two together.
enum AWSSizeTable {{
  // swift-format-ignore
  static let csv = \"\"\"
{lines}
    \"\"\"
}}
"""
)
