import Billing

/// What areas are filled with: a shade and a pattern each, so that they differ in black and white.
enum Ink: String {
  case onDemand = "ink-on-demand"
  case covered = "ink-covered"
  case unused = "ink-unused"
  case capital = "ink-capital"
  case upfront = "ink-upfront"

  init(_ kind: ChargeKind) {
    switch kind {
    case .onDemand: self = .onDemand
    case .coveredUsage, .recurringPurchase: self = .covered
    case .upfrontPurchase: self = .upfront
    case .unusedCommitment, .shortfall: self = .unused
    case .costOfCapital: self = .capital
    }
  }

  init(_ kind: Payment.Kind) {
    switch kind {
    case .onDemand: self = .onDemand
    case .recurring: self = .covered
    case .upfront: self = .upfront
    case .shortfall: self = .unused
    }
  }

  /// Whether writing on it must be light.
  var isDark: Bool { self == .covered }

  /// Whether there can be writing on it at all.
  var carriesText: Bool { self == .covered || self == .onDemand }

  /// The patterns, once a page.
  static let definitions = """
    <svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>
    <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"
     patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/>
    <rect width="2.4" height="6" fill="#a8201a"/></pattern>
    <pattern id="stripes" width="5" height="5" patternUnits="userSpaceOnUse">
    <rect width="5" height="5" fill="#e9b44c"/><rect width="5" height="1.6" fill="#6b4a00"/></pattern>
    <pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse">
    <rect width="5" height="5" fill="#fff"/><circle cx="2.5" cy="2.5" r="1.3" fill="#333"/></pattern>
    </defs></svg>
    """

  static let styles = """
    .ink-on-demand{fill:#bccbd9}.ink-covered{fill:#17446b}.ink-unused{fill:url(#hatch)}
    .ink-capital{fill:url(#dots)}.ink-upfront{fill:url(#stripes)}
    .ink-unused,.ink-capital,.ink-upfront{stroke:#444;stroke-width:.5}
    svg{display:block;width:100%;height:auto;font-family:inherit}
    svg.patterns{position:absolute;width:0;height:0}
    svg .label{font-size:12px;fill:#3d4852}svg .strong{font-size:13px;font-weight:600;fill:#111}
    svg .faint{font-size:11px;fill:#5f6b76}svg .on-dark{font-size:12px;fill:#fff}
    svg .grid{stroke:#e1e5e9;stroke-width:1}svg .axis{stroke:#5f6b76;stroke-width:1}
    svg .reference{stroke:#5f6b76;stroke-width:1;stroke-dasharray:3 3}
    svg .band{fill:#d5dee7}svg .area{fill:#6f95b5}
    svg .mean{fill:none;stroke:#2b3d4c;stroke-width:1}
    svg .halo{fill:none;stroke:#fff;stroke-width:5}
    svg .curve{fill:none;stroke:#17446b;stroke-width:2.4}
    svg .curve-fallen{fill:none;stroke:#a8201a;stroke-width:2;stroke-dasharray:8 4}
    svg .other{fill:none;stroke:#8a97a3;stroke-width:1.2;stroke-dasharray:3 2}
    svg .plimsoll{fill:none;stroke:#a8201a;stroke-width:2.4}
    """
}
