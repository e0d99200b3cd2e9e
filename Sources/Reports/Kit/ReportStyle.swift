/// How pages look, on a screen by day and by night, on a phone and on paper.
enum ReportStyle {
  static let text =
    """
    :root{color-scheme:light dark}
    *{box-sizing:border-box}
    body{margin:0;background:var(--paper);color:var(--text);font:15px/1.5 "Helvetica Neue",
    Helvetica,Arial,"Liberation Sans",sans-serif;font-variant-numeric:tabular-nums;
    -webkit-print-color-adjust:exact;print-color-adjust:exact}
    main{max-width:1100px;margin:0 auto;padding:28px 30px 48px}
    header{border-bottom:2px solid var(--strong);padding-bottom:10px;margin-bottom:26px}
    .kicker{margin:0;font-size:12px;letter-spacing:.08em;text-transform:uppercase;
    color:var(--faint)}
    h1{font-size:26px;line-height:1.2;margin:2px 0 4px;overflow-wrap:anywhere}
    h2{font-size:18px;margin:38px 0 4px;overflow-wrap:anywhere}
    h3{font-size:14px;margin:22px 0 2px}
    h2.run{font-size:22px;margin-top:34px}
    h2.run~h2.run{margin-top:56px;border-top:2px solid var(--strong);padding-top:14px}
    .reader{margin:44px 0 0;padding:5px 12px;background:var(--tint);border-left:4px solid
    var(--covered);font-size:13px;letter-spacing:.06em;text-transform:uppercase;font-weight:600;
    max-width:none}
    .reader+section h2{margin-top:18px}
    a{color:var(--covered)}
    p{margin:0 0 10px;max-width:78ch}
    .lead{color:var(--soft);margin-bottom:14px;max-width:105ch}
    .answer{margin:14px 0 4px;font-size:46px;line-height:1.1;font-weight:700;letter-spacing:-.01em}
    .sentence{font-size:19px;line-height:1.4;margin-bottom:4px}
    .proof{color:var(--soft)}.risk{margin-top:8px;font-weight:600}
    .early{border:2px solid var(--alarm);padding:10px 14px;max-width:none;font-weight:600}
    .facts{display:grid;grid-template-columns:repeat(4,1fr);gap:0;margin:22px 0 0;padding:0;
    border-top:1px solid var(--edge);border-bottom:1px solid var(--edge)}
    .facts div{padding:12px 16px;border-left:1px solid var(--rule)}
    .facts div:nth-child(4n+1){border-left:0;padding-left:0}
    .facts dt{font-size:12px;color:var(--faint)}.facts dd{margin:0}
    .facts .value{font-size:22px;font-weight:600;line-height:1.3}
    .facts .remark{font-size:12px;color:var(--faint)}
    figure{margin:8px 0 14px}figure.narrow{display:none}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;width:100%;font-size:13px;line-height:1.4}
    th,td{padding:6px 8px;text-align:right;vertical-align:top;border-bottom:1px solid var(--rule)}
    th{font-weight:600;color:var(--label);border-bottom:1.5px solid var(--strong);
    vertical-align:bottom}
    th:first-child,td:first-child{padding-left:0}
    th:last-child,td:last-child{padding-right:0}
    th.left,td.left{text-align:left}.nowrap,td.number{white-space:nowrap}
    .sub{display:block;color:var(--faint);font-size:12px;font-weight:400}
    .why{text-align:left;min-width:190px;color:var(--label);overflow-wrap:anywhere}
    tr:has(+tr.why-row) td{border-bottom:0}
    .reason{text-align:left;color:var(--faint);font-size:12px;overflow-wrap:anywhere;
    padding-top:0;padding-left:24px!important}
    tr.recommended td{font-weight:600;background:var(--tint)}
    tr.kind th{border-bottom:1px solid var(--edge);padding-top:12px;font-size:12px;
    color:var(--faint)}
    tr.more td{border-bottom:0;color:var(--faint);padding-top:0}
    table.narrow{width:auto;min-width:330px}
    tfoot td{font-weight:600;border-top:1.5px solid var(--strong);border-bottom:0}
    dl.proofs{display:grid;grid-template-columns:max-content max-content 1fr;margin:8px 0;
    font-size:14px}
    dl.proofs>*{padding:5px 18px 5px 0;margin:0;border-bottom:1px solid var(--rule)}
    dl.proofs dt{color:var(--label)}dl.proofs .value{text-align:right;font-weight:600}
    dl.proofs .remark{color:var(--faint);font-weight:400;text-align:left;padding-right:0}
    .pair{display:grid;grid-template-columns:1fr 1fr;gap:0 36px}.pair section{min-width:0}
    ul{margin:6px 0 0;padding-left:18px}li{margin-bottom:5px;max-width:92ch;overflow-wrap:anywhere}
    .finding{margin:0 0 10px;padding-left:12px;border-left:3px solid var(--edge);
    overflow-wrap:anywhere}
    .finding.error,.finding.warning{border-left-color:var(--alarm)}
    .small,.small p,.small li{font-size:12.5px;color:var(--soft)}
    details{margin:6px 0}summary{cursor:pointer;font-size:13px;color:var(--label)}
    .signatures div{display:grid;grid-template-columns:2fr 2fr 1fr;gap:24px;margin-top:30px}
    .signatures div p{border-top:1px solid var(--strong);font-size:12px;color:var(--faint)}
    .memo h2{font-size:15px;margin:16px 0 2px}.memo table{font-size:12px}.memo td,.memo th{
    padding:3px 6px}.memo .facts{margin-top:12px}.memo .facts div{padding-top:6px;padding-bottom:6px}
    footer{margin-top:40px;border-top:1px solid var(--edge);padding-top:8px;font-size:12px;
    color:var(--faint)}
    @media screen and (max-width:720px){main{padding:18px 16px}.answer{font-size:34px}
    .sentence{font-size:17px}
    figure.only{overflow-x:auto}figure.only svg{min-width:640px}
    figure.wide{display:none}figure.narrow{display:block}.pair{grid-template-columns:1fr}
    .facts{grid-template-columns:1fr 1fr}
    .facts div,.facts div:nth-child(4n+1){padding:10px 10px 10px 0;border-left:0}
    .facts .value{font-size:19px}
    dl.proofs{grid-template-columns:max-content 1fr}
    dl.proofs .remark{grid-column:1/-1;padding-top:0}
    dl.proofs dt,dl.proofs .value{border-bottom:0}
    thead{position:absolute;clip-path:inset(50%);height:1px;overflow:hidden}
    table,tbody,tfoot,tr,td,table.narrow{display:block;width:auto;min-width:0}
    tr{border-bottom:1px solid var(--edge);padding:6px 0}tr:has(+tr.why-row){border-bottom:0}
    tr.kind th{display:block}
    td{display:flex;justify-content:space-between;gap:14px;border:0;padding:2px 0;
    text-align:right;overflow-wrap:anywhere}
    td>span{min-width:0}td.number,.nowrap{white-space:normal}td.blank{display:none}
    td[data-label]::before{content:attr(data-label);color:var(--faint);text-align:left;flex:none;
    max-width:45%}
    td.left:first-child{display:block;font-weight:600;text-align:left}
    td.left:first-child::before{content:none}
    td.reason{display:block;padding-left:0!important}
    tfoot td{border-top:0}.signatures div{grid-template-columns:1fr}}
    @page{size:A4;margin:12mm 12mm}
    @media print{body{font-size:9.5pt;line-height:1.4}main{max-width:none;padding:0}
    header{margin-bottom:10px;padding-bottom:4px}h1{font-size:17pt}
    h2{margin-top:12px;font-size:12pt}.reader{margin-top:14px;font-size:8.5pt;padding:2px 8px}
    .reader+section h2{margin-top:6px}
    figure{break-before:avoid;margin:2px 0 6px}footer{margin-top:8px}
    dl.proofs{font-size:8.5pt}dl.proofs>*{padding-top:1px;padding-bottom:1px}
    h2,.lead,.reader{break-after:avoid}
    section.chart,figure,.facts,.finding,tr,li{break-inside:avoid}
    tr:has(+tr.why-row){break-after:avoid}
    thead{display:table-header-group}tfoot{display:table-row-group}table{font-size:7.5pt;
    line-height:1.3}.sub,.reason{font-size:7pt}
    h2.run~h2.run{break-before:page;border-top:0}
    p,li{max-width:none}.lead{font-size:8.5pt;margin-bottom:4px}.small,.small p,.small li,.finding{
    font-size:7.5pt}li{margin-bottom:1px}.scroll{overflow:visible}.answer{font-size:28pt;margin-top:6px}
    .sentence{font-size:12pt}.facts{margin-top:8px}.facts div{padding:5px 10px}
    .facts .value{font-size:13pt}.facts .remark,.facts dt{font-size:7.5pt}
    .facts div:nth-child(4n+1){padding-left:0}
    th,td{padding:1.5px 5px}.why{min-width:130px}.screen,.why-row,.fit{display:none}
    figure.wide svg{max-height:40mm}
    details::details-content{content-visibility:visible;height:auto}details>summary{display:none}}

    """ + Ink.styles
}
