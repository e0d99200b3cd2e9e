/// Made by Data/embed.py of Data/sustained-use.csv; a test holds the two together.
enum SustainedUseTable {
  // swift-format-ignore
  static let csv = """
    # Google's discount on usage that no commitment covers and that goes on through a calendar
    # month. quarters: what each quarter of a month that a resource is used costs, in shares of the
    # base price. Series that are not listed get none.
    series,quarters,date,source
    n1,1;0.8;0.6;0.4,2024-06-01,Google Cloud: Sustained use discounts for Compute Engine
    m1,1;0.8;0.6;0.4,2024-06-01,Google Cloud: Sustained use discounts for Compute Engine
    m2,1;0.8;0.6;0.4,2024-06-01,Google Cloud: Sustained use discounts for Compute Engine
    f1,1;0.8;0.6;0.4,2024-06-01,Google Cloud: Sustained use discounts for Compute Engine
    g1,1;0.8;0.6;0.4,2024-06-01,Google Cloud: Sustained use discounts for Compute Engine
    n2,1;0.8678;0.733;0.6,2024-06-01,Google Cloud: Sustained use discounts for Compute Engine
    n2d,1;0.8678;0.733;0.6,2024-06-01,Google Cloud: Sustained use discounts for Compute Engine
    c2,1;0.8678;0.733;0.6,2024-06-01,Google Cloud: Sustained use discounts for Compute Engine

    """
}
