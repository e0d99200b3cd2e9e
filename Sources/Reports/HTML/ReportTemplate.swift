/// The page, with places for what `ReportPage` holds.
///
/// It is part of the program and no file, so that one copied binary is enough. `{{{…}}}` is only
/// for drawings and styles of our own; everything else is escaped by `HTMLText`.
enum ReportTemplate {
  static let text =
    """
    {{% CONTENT_TYPE:SCALARHTML}}<!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="generator" content="Plimsoll">
    <title>{{scenario}}: what to commit to</title>
    <style>
    {{{styles}}}
    </style>
    </head>
    <body>
    {{{patterns}}}
    <main>
    <header>
    <p class="kicker">Plimsoll: how much to commit to</p>
    <h1>{{scenario}}</h1>
    <p class="lead">{{window}} (UTC, {{hours}}). Amounts in {{currency}}.</p>
    </header>
    {{#hasSeveralRuns}}
    <div class="scroll"><table>
    <thead><tr><th class="left">Scenario</th><th class="left">Recommended</th><th>Cost</th>
    <th>Instead of</th><th>Change</th><th>Proven within</th></tr></thead>
    <tbody>
    {{#scenarios}}
    <tr><td class="left"><a href="#{{anchor}}">{{runName}}</a></td>
    <td class="left">{{outcomeName}}</td><td class="number">{{costText}}</td>
    <td class="number">{{baselineText}}</td><td class="number">{{changeText}}</td>
    <td class="number">{{proofText}}</td></tr>
    {{/scenarios}}
    </tbody></table></div>
    {{/hasSeveralRuns}}
    {{#runs}}
    {{#hasSeveralRuns}}<h2 class="run" id="{{anchor}}">Scenario {{runName}}</h2>{{/hasSeveralRuns}}

    """ + RunTemplate.text + """
      {{/runs}}
      <section>
      <h2>What this rests on</h2>
      <ul>
      {{#assumptions}}<li>{{.}}</li>
      {{/assumptions}}
      </ul>
      </section>
      {{#hasFindings}}
      <section>
      <h2>Findings in the input</h2>
      {{#findings}}
      <p class="finding {{severity}}"><strong>{{severity}}</strong> {{place}}: {{message}}
      <span class="sub">{{remedy}} [{{rule}}]</span></p>
      {{/findings}}
      </section>
      {{/hasFindings}}
      <section class="small">
      <h2>The measures</h2>
      <ul>
      {{#definitions}}<li><strong>{{term}}</strong>: {{meaning}}</li>
      {{/definitions}}
      </ul>
      </section>
      <footer>Made by plimsoll from {{scenario}}. All lines: recommendations.csv; all numbers:
      plan.json, comparison.csv.</footer>
      </main>
      </body>
      </html>

      """
}

/// The part of the page that every run repeats.
enum RunTemplate {
  static let text = """
    {{#headline}}
    <section>
    <p class="answer">{{change}}</p>
    <p class="sentence">{{sentence}}</p>
    <p class="proof">{{proof}}</p>
    {{#warnings}}<p class="early">{{.}}</p>{{/warnings}}
    <dl class="facts">
    {{#facts}}<div><dt>{{term}}</dt><dd class="value">{{value}}</dd>
    <dd class="remark">{{remark}}</dd></div>
    {{/facts}}
    </dl>
    </section>
    {{/headline}}
    <section>
    <h2>What each way of buying costs</h2>
    <figure>{{{outcomeChart}}}</figure>
    <div class="scroll"><table>
    <thead><tr><th class="left">Outcome</th><th>Cost</th><th>Saved</th><th>in %</th>
    <th>Against current</th><th>Coverage</th><th>Utilization</th><th>ESR</th><th>Upfront</th>
    <th>Proven gap</th></tr></thead>
    <tbody>
    {{#outcomeRows}}
    <tr class="{{style}}"><td class="left">{{outcomeName}}<span class="sub">{{mark}}</span></td>
    {{#cells}}<td class="number">{{.}}</td>{{/cells}}</tr>
    {{/outcomeRows}}
    </tbody></table></div>
    </section>
    {{#demand}}
    <section class="chart">
    <h2>Usage and the line of commitment</h2>
    <p class="lead">Outcome {{chartOf}}. Usage above the line is paid on demand; room below the
    line is paid for and not used. A commitment covers only what it is good for, so that there can
    be both at once.</p>
    <figure>{{{svg}}}</figure>
    </section>
    {{/demand}}
    {{#paths}}
    <section class="chart">
    <h2>How sure the saving is</h2>
    <p class="lead">{{remark}}</p>
    <figure>{{{svg}}}</figure>
    <dl class="facts">
    {{#facts}}<div><dt>{{term}}</dt><dd class="value">{{value}}</dd>
    <dd class="remark">{{remark}}</dd></div>
    {{/facts}}
    </dl>
    {{#hasRivals}}
    <div class="scroll"><table>
    <thead><tr><th class="left">Other rules of buying</th><th>What is minimised</th>
    <th>Against the plan</th></tr></thead>
    <tbody>
    {{#rivals}}<tr><td class="left">{{rule}}</td>{{#cells}}<td class="number">{{.}}</td>{{/cells}}</tr>
    {{/rivals}}
    </tbody></table></div>
    {{/hasRivals}}
    </section>
    {{/paths}}
    {{#cash}}
    <section class="chart">
    <h2>Cash by month</h2>
    <p class="lead">Outcome {{chartOf}}. {{payback}}</p>
    <figure>{{{svg}}}</figure>
    <details class="months"><summary>The months as numbers</summary>
    <div class="scroll"><table>
    <thead><tr><th class="left">Month</th><th>Cash, {{against}}</th><th>Cash, {{chartOf}}</th>
    <th>Ahead so far</th><th>Cost, {{against}}</th><th>Cost, {{chartOf}}</th></tr></thead>
    <tbody>
    {{#rows}}<tr><td class="left">{{month}}</td>{{#cells}}<td class="number">{{.}}</td>{{/cells}}</tr>
    {{/rows}}
    </tbody></table></div></details>
    </section>
    {{/cash}}
    {{#plan}}
    <section>
    <h2>What to buy: {{purchaseCount}}</h2>
    {{#hasPurchases}}
    <div class="scroll"><table>
    <thead><tr><th>Buy</th><th class="left">Good for</th><th class="left">Product</th>
    <th>Upfront</th><th>Cost</th><th>Adds</th><th>Used</th><th>Pays back</th>
    <th>One more</th><th>One fewer</th></tr></thead>
    {{#purchases}}
    <tbody class="purchase"><tr><td class="number">{{quantity}}</td>
    <td class="left">{{subject}}<span class="sub">{{owner}}</span></td>
    <td class="left">{{product}}<span class="sub">{{term}}</span></td>
    {{#numbers}}<td class="number">{{.}}</td>{{/numbers}}</tr>
    <tr><td></td><td class="reason" colspan="9">{{why}}</td></tr></tbody>
    {{/purchases}}
    <tfoot><tr><td></td><td class="left">in all</td><td></td>
    {{#purchaseTotals}}<td class="number">{{.}}</td>{{/purchaseTotals}}<td></td><td></td><td></td><td></td></tr></tfoot></table></div>
    <p class="lead">{{morePurchases}}</p>
    {{/hasPurchases}}
    {{^hasPurchases}}<p>Nothing: no purchase under this policy lowers the bill.</p>{{/hasPurchases}}
    </section>
    {{#hasMachines}}
    <section>
    <h2>What to resize first: {{machineCount}}</h2>
    <div class="scroll"><table>
    <thead><tr><th class="left">Machine</th><th class="left">From</th><th class="left">To</th>
    <th>Saved on demand</th><th class="why">Why it is safe</th></tr></thead>
    <tbody>
    {{#machines}}
    <tr><td class="left">{{resource}}<span class="sub">{{owner}}</span></td>
    <td class="left">{{from}}</td><td class="left">{{to}}</td>
    <td class="number">{{savings}}</td><td class="why">{{why}}</td></tr>
    {{/machines}}
    </tbody>
    <tfoot><tr><td class="left">in all</td><td></td><td></td>
    <td class="number">{{machineTotal}}</td><td></td></tr></tfoot>
    </table></div>
    <p class="lead">{{moreMachines}}</p>
    </section>
    {{/hasMachines}}
    {{/plan}}
    {{#measures}}
    <section>
    <h2>How well the commitments fit</h2>
    <p class="lead">Outcome {{measuresOf}}. {{measuresRemark}}</p>
    <div class="scroll"><table>
    <thead><tr><th class="left">Of</th>{{#measureHeader}}<th>{{.}}</th>{{/measureHeader}}</tr></thead>
    {{#kinds}}
    <tbody class="kind"><tr><th class="left" colspan="11">{{kindTitle}}</th></tr>
    {{#parts}}<tr><td class="left">{{rowName}}<span class="sub">{{rowNote}}</span></td>
    {{#cells}}<td class="number">{{.}}</td>{{/cells}}</tr>
    {{/parts}}
    <tr class="more"><td class="left" colspan="11">{{more}}</td></tr></tbody>
    {{/kinds}}
    </table></div>
    {{#hasCommitments}}
    <h3>Each commitment</h3>
    <div class="scroll"><table>
    <thead><tr><th class="left">Commitment</th><th>Cost</th><th>Saved</th><th>Used</th>
    <th>Unrealized</th><th>Paid back</th></tr></thead>
    <tbody>
    {{#commitmentRows}}<tr><td class="left">{{rowName}}<span class="sub">{{rowNote}}</span></td>
    {{#cells}}<td class="number">{{.}}</td>{{/cells}}</tr>
    {{/commitmentRows}}
    </tbody></table></div>
    <p class="lead">{{moreCommitments}}</p>
    {{/hasCommitments}}
    {{#hasExpiring}}
    <h3>What ends when</h3>
    <div class="scroll"><table class="narrow">
    <thead><tr><th class="left">Month</th><th>Commitments</th><th>Cost per hour</th></tr></thead>
    <tbody>
    {{#expiringRows}}<tr><td class="left">{{rowName}}</td>{{#cells}}<td class="number">{{.}}</td>{{/cells}}</tr>
    {{/expiringRows}}
    </tbody></table></div>
    {{/hasExpiring}}
    </section>
    {{/measures}}
    {{#plan}}
    {{#sensitivity}}
    <section class="chart">
    <h2>{{title}}</h2>
    <p class="lead">{{remark}}</p>
    <div class="scroll"><table>
    <thead><tr><th class="left">Limit</th>{{#header}}<th>{{.}}</th>{{/header}}</tr></thead>
    <tbody>
    {{#rows}}<tr><td class="left">{{limit}}</td>{{#cells}}<td class="number">{{.}}</td>{{/cells}}</tr>
    {{/rows}}
    </tbody></table></div>
    </section>
    {{/sensitivity}}
    <section class="chart">
    <h2>How good the plan is, and how that is known</h2>
    <dl class="proofs">
    {{#proof}}<dt>{{term}}</dt><dd class="value">{{value}}</dd><dd class="remark">{{remark}}</dd>
    {{/proof}}
    </dl>
    </section>
    {{/plan}}

    """
}
