/// How the page looks, on a screen and on paper.
enum ReportStyle {
  static let text =
    """
    :root{color-scheme:light}
    *{box-sizing:border-box}
    body{margin:0;background:#fff;color:#1a2128;font:15px/1.5 "Helvetica Neue",Helvetica,Arial,
    "Liberation Sans",sans-serif;font-variant-numeric:tabular-nums;
    -webkit-print-color-adjust:exact;print-color-adjust:exact}
    main{max-width:1100px;margin:0 auto;padding:28px 30px 48px}
    header{border-bottom:2px solid #1a2128;padding-bottom:10px;margin-bottom:26px}
    .kicker{margin:0;font-size:12px;letter-spacing:.08em;text-transform:uppercase;color:#5f6b76}
    h1{font-size:26px;line-height:1.2;margin:2px 0 4px;overflow-wrap:anywhere}
    h2{font-size:18px;margin:38px 0 4px;overflow-wrap:anywhere}
    h3{font-size:14px;margin:22px 0 2px}
    h2.run{font-size:22px;margin-top:34px}
    h2.run~h2.run{margin-top:56px;border-top:2px solid #1a2128;padding-top:14px}
    p{margin:0 0 10px;max-width:78ch}
    .lead{color:#4a5560;margin-bottom:14px;max-width:105ch}
    .answer{margin:0 0 4px;font-size:46px;line-height:1.1;font-weight:700;letter-spacing:-.01em}
    .sentence{font-size:19px;line-height:1.4;margin-bottom:4px}
    .proof{color:#4a5560}
    .early{border:2px solid #a8201a;padding:10px 14px;max-width:none;font-weight:600}
    .facts{display:grid;grid-template-columns:repeat(4,1fr);gap:0;margin:22px 0 0;padding:0;
    border-top:1px solid #c3cad1;border-bottom:1px solid #c3cad1}
    .facts div{padding:12px 16px;border-left:1px solid #e1e5e9}
    .facts div:first-child{border-left:0;padding-left:0}
    .facts dt{font-size:12px;color:#5f6b76}.facts dd{margin:0}
    .facts .value{font-size:22px;font-weight:600;line-height:1.3}
    .facts .remark{font-size:12px;color:#5f6b76}
    figure{margin:8px 0 14px}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;width:100%;font-size:13px;line-height:1.4}
    th,td{padding:6px 8px;text-align:right;vertical-align:top;border-bottom:1px solid #e1e5e9}
    th{font-weight:600;color:#3d4852;border-bottom:1.5px solid #1a2128;vertical-align:bottom}
    th:first-child,td:first-child{padding-left:0}
    th:last-child,td:last-child{padding-right:0}
    .left{text-align:left}.nowrap,td.number{white-space:nowrap}
    .sub{display:block;color:#5f6b76;font-size:12px;white-space:nowrap}
    .why{text-align:left;min-width:190px;color:#3d4852;overflow-wrap:anywhere}
    tbody.purchase td{border-bottom:0}
    tbody.purchase tr:last-child td{border-bottom:1px solid #e1e5e9;padding-top:0}
    .reason{text-align:left;color:#5f6b76;font-size:12px;overflow-wrap:anywhere}
    tr.recommended td{font-weight:600;background:#f1f4f7}
    tr.recommended .sub{font-weight:400}
    tbody.kind th{border-bottom:1px solid #c3cad1;padding-top:12px;font-size:12px;color:#5f6b76}
    tr.more td{border-bottom:0;color:#5f6b76;padding-top:0}table.narrow{width:auto;min-width:330px}
    tfoot td{font-weight:600;border-top:1.5px solid #1a2128;border-bottom:0}
    dl.proofs{display:grid;grid-template-columns:max-content max-content 1fr;margin:8px 0;
    font-size:14px}
    dl.proofs>*{padding:5px 18px 5px 0;margin:0;border-bottom:1px solid #e1e5e9}
    dl.proofs dt{color:#3d4852}dl.proofs .value{text-align:right;font-weight:600}
    dl.proofs .remark{color:#5f6b76;font-weight:400;text-align:left;padding-right:0}
    ul{margin:6px 0 0;padding-left:18px}li{margin-bottom:5px;max-width:92ch}
    .finding{margin:0 0 10px;padding-left:12px;border-left:3px solid #c3cad1;overflow-wrap:anywhere}
    .finding.error,.finding.warning{border-left-color:#a8201a}
    .small,.small p,.small li{font-size:12.5px;color:#4a5560}
    details{margin:6px 0}summary{cursor:pointer;font-size:13px;color:#3d4852}
    footer{margin-top:40px;border-top:1px solid #c3cad1;padding-top:8px;font-size:12px;
    color:#5f6b76}
    @media (max-width:720px){main{padding:18px 16px}.answer{font-size:34px}
    .facts{grid-template-columns:1fr 1fr}.facts div{padding-left:0;border-left:0}
    dl.proofs{grid-template-columns:max-content 1fr}
    dl.proofs .remark{grid-column:1/-1;padding-top:0}
    dl.proofs dt,dl.proofs .value{border-bottom:0}figure{overflow-x:auto}
    figure svg{min-width:640px}}
    @page{size:auto;margin:14mm 13mm}
    @media print{body{font-size:10.5pt}main{max-width:none;padding:0}h2{margin-top:18px}
    figure{break-before:avoid}footer{margin-top:12px}dl.proofs>*{padding-top:3px;padding-bottom:3px}
    h2,.lead{break-after:avoid}section.chart,figure,.purchase,.facts,.finding,tr,li{break-inside:avoid}
    thead{display:table-header-group}tfoot{display:table-row-group}table{font-size:8.5pt}
    h2.run~h2.run{break-before:page;border-top:0}
    p,li{max-width:none}.small,.small p,.small li{font-size:8.5pt}li{margin-bottom:2px}.scroll{overflow:visible}.answer{font-size:34pt}
    th,td{padding:4px 6px}details.months{display:none}.why{min-width:130px}}

    """ + Ink.styles
}
