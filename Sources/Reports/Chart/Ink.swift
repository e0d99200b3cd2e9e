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
    case .unusedCommitment, .shortfall, .settlement: self = .unused
    case .costOfCapital: self = .capital
    }
  }

  init(_ kind: Payment.Kind) {
    switch kind {
    case .onDemand: self = .onDemand
    case .recurring: self = .covered
    case .upfront: self = .upfront
    case .shortfall, .settlement: self = .unused
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
     patternTransform="rotate(45)"><rect width="6" height="6" class="paper-fill"/>
    <rect width="2.4" height="6" class="alarm-fill"/></pattern>
    <pattern id="stripes" width="5" height="5" patternUnits="userSpaceOnUse">
    <rect width="5" height="5" fill="#e9b44c"/><rect width="5" height="1.6" fill="#6b4a00"/></pattern>
    <pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse">
    <rect width="5" height="5" class="paper-fill"/><circle cx="2.5" cy="2.5" r="1.3"
     class="text-fill"/></pattern>
    </defs></svg>
    """

  /// Colours by name, by day and by night. Paper is by day.
  static let colours = """
    :root{--paper:#fff;--text:#1a2128;--soft:#4a5560;--faint:#5f6b76;--rule:#e1e5e9;
    --edge:#c3cad1;--strong:#1a2128;--tint:#f1f4f7;--alarm:#a8201a;--on-demand:#bccbd9;
    --covered:#17446b;--area:#6f95b5;--band:#d5dee7;--mean:#2b3d4c;--label:#3d4852;
    --heat-0:#f0f4f8;--heat-1:#d8e3ed;--heat-2:#b9cde0;--heat-3:#93b3cf;--heat-4:#6892b8;
    --heat-5:#3f6f9b;--heat-6:#17446b}
    @media screen and (prefers-color-scheme:dark){:root{--paper:#12171c;--text:#e6ebf0;
    --soft:#b9c3cd;--faint:#95a1ad;--rule:#2b343d;--edge:#44505b;--strong:#8b98a5;--tint:#1d252d;
    --alarm:#ff7b6e;--on-demand:#4a5b6b;--covered:#5f9fd6;--area:#2f5a80;--band:#2a3540;
    --mean:#cfd9e2;--label:#c4ced8;--heat-0:#1b232b;--heat-1:#22364a;--heat-2:#2b4b69;
    --heat-3:#366188;--heat-4:#467ba9;--heat-5:#5f9fd6;--heat-6:#9ccaf2}}

    """

  static let styles =
    colours + """
      .ink-on-demand{fill:var(--on-demand)}.ink-covered{fill:var(--covered)}
      .ink-unused{fill:url(#hatch)}.ink-capital{fill:url(#dots)}.ink-upfront{fill:url(#stripes)}
      .paper-fill{fill:var(--paper)}.alarm-fill{fill:var(--alarm)}.text-fill{fill:var(--text)}
      .ink-unused,.ink-capital,.ink-upfront{stroke:var(--faint);stroke-width:.5}
      svg{display:block;width:100%;height:auto;font-family:inherit}
      svg.patterns{position:absolute;width:0;height:0}
      svg .label{font-size:12px;fill:var(--label)}
      svg .strong{font-size:13px;font-weight:600;fill:var(--text)}
      svg .faint{font-size:11px;fill:var(--faint)}svg .on-dark{font-size:12px;fill:var(--paper)}
      svg .grid{stroke:var(--rule);stroke-width:1}svg .axis{stroke:var(--faint);stroke-width:1}
      svg .reference{stroke:var(--faint);stroke-width:1;stroke-dasharray:3 3}
      svg .band{fill:var(--band)}svg .area{fill:var(--area)}
      svg .mean{fill:none;stroke:var(--mean);stroke-width:1}
      svg .halo{fill:none;stroke:var(--paper);stroke-width:5}
      svg .curve{fill:none;stroke:var(--covered);stroke-width:2.4}
      svg .curve-fallen{fill:none;stroke:var(--alarm);stroke-width:2;stroke-dasharray:8 4}
      svg .other{fill:none;stroke:var(--faint);stroke-width:1.2;stroke-dasharray:3 2}
      svg .plimsoll{fill:none;stroke:var(--alarm);stroke-width:2.4}
      svg .heat-0{fill:var(--heat-0)}svg .heat-1{fill:var(--heat-1)}svg .heat-2{fill:var(--heat-2)}
      svg .heat-3{fill:var(--heat-3)}svg .heat-4{fill:var(--heat-4)}svg .heat-5{fill:var(--heat-5)}
      svg .heat-6{fill:var(--heat-6)}
      svg .idle{fill:var(--text)}svg .idle-light{fill:var(--paper)}
      """
}
