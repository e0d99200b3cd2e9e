extension FindingRule {
  /// What only one kind of table can have.
  static let tableRules = """
    usage.none
    No usage above 0 lies in the window.
    Change the scenario's window, or name another file.

    usage.negative-quantity
    In some hours corrections took back more than was used; they count as 0.
    Import the bills that they correct.

    usage.unlikely-date
    Usage starts before 2000 or after 2100.
    Correct the year; dates are those of the Gregorian calendar.

    usage.rounded-account
    An account is a number that a spreadsheet rounded: several accounts may have become one.
    Export the file again, and do not save it from a spreadsheet.

    usage.gap
    Some hours have no row at all, and count as 0.
    Check that the export is complete, if something should have run then.

    usage.span
    A time is more than ten years after the first one.
    Check the year, or cut the file.

    usage.too-large
    There are more groups and hours than fit in memory.
    Name a shorter window, or merge groups that need not be kept apart.

    usage.window-beyond-file
    The window reaches beyond the file; hours outside count as 0.
    Shorten the window, or export the missing hours.

    usage.outlier
    Single hours are far above all around them, and are billed and planned for as they are.
    Check the export; with forecast.method or forecast.horizon outliers set no baseline.

    usage.service-without-price
    A service has no price on demand and is left out of the plan, with its money.
    Add its prices on demand, and the rates of plans, to the price file.

    usage.unknown-family
    It is not known whether reservations of a family cover other sizes; they are taken not to.
    Buy the sizes that are used; the EC2 User Guide and Microsoft's table of ratios say what covers other sizes.

    prices.missing
    Usage has no price on demand.
    Add its on-demand row to the price file, or leave it out of the usage.

    prices.missing-plan-rates
    The price file has no rates for a plan that is owned: it covers nothing.
    Add rows with its product, term and payment to the price file.

    prices.none
    No entry of the file is a price that can be used.
    Check that this is the right file, and what --region, --family and --system ask for.

    prices.zero
    Something costs nothing on demand.
    Leave the row out where the price is unknown.

    prices.duplicate
    Two rows have a price for the same thing.
    Keep the row that is in force.

    prices.two-prices
    Two entries price the same thing; the first is used.
    Leave the other out of the files if it is the right one.

    prices.on-demand-missing
    Something has a price of a commitment and none on demand.
    Add its on-demand price, so that a saving can be computed.

    prices.on-demand-with-COLUMN
    An on-demand row has a term, a payment or an upfront.
    Leave the field empty, or correct the product.

    prices.list-below-price
    The public price is below the customer's own.
    hourly is what you pay, list_hourly the provider's public price.

    prices.not-covered
    The provider's commitment never covers what the row has a price for.
    Leave the row out; it is not used.

    prices.not-on-sale
    The product is not known to be sold with this term and payment.
    Correct the term or the payment, or leave the row out.

    prices.sale-ended
    Reservations of what is used are no longer sold; their prices are not planned with.
    Nothing; a savings plan covers such usage, and newer series can be reserved.

    prices.plan-upfront
    A plan's rate has an upfront amount.
    Write 0: what a plan asks upfront is a share of the commitment.

    prices.plan-above-on-demand
    A plan's rate is above the price on demand.
    Check both prices.

    prices.reservation-above-on-demand
    A reservation costs more an hour than the price on demand.
    Check both prices; it would never be bought.

    prices.above-on-demand
    Plan rates above the price on demand were left out.
    Nothing; they would never be used.

    prices.payment-mismatch
    Payment and amounts do not agree.
    Correct the payment, or write 0.

    prices.half-a-price
    An offer has an upfront price without an hourly one, or the other way round.
    Download the file again.

    prices.bad-entry
    An entry of an offer file is no JSON, and is left out.
    Export the list again.

    prices.derived
    Rates are derived from prices on demand by a rule.
    Check them against your contract.

    prices.engine-not-stated
    A price that names no engine is used for each engine that runs; a standby counts as one more.
    Add rows with the engine.

    prices.from-bill
    The price file has no on-demand price, and the bill's own list price is used.
    Add the prices, if the bill's are not meant.

    prices.old-book
    Prices of commitments come from a book that is old.
    Before you buy, name today's prices: --prices FILE, or plimsoll prices --fetch.

    prices.licence-split
    Licences are part of the price on demand; no commitment pays for them, and they are billed apart.
    Nothing.

    prices.licence-unknown
    A licence cannot be separated from its machine; no commitment is taken to cover either.
    Add the on-demand price of the same machine with Linux.

    owned.on-demand
    A row of what is owned has the product on-demand.
    Remove the row, or correct the product.

    owned.term-mismatch
    From start to end are not as many hours as the term has.
    Correct the dates or the term, unless it was ended or exchanged.

    owned.bad-family
    The instance type names no family.
    Write the family, m5, or a type of it, m5.large.

    owned.fractional-quantity
    The quantity is no whole number.
    Count machines, not normalised units.

    owned.no-normalization-factor
    The size is not in the table of sizes, so what it covers of its family is not known.
    Correct the instance type; a zonal reservation needs no factor.

    usage.no-normalization-factor
    Sizes of a family are not in the table of sizes; reservations cover them by their exact type.
    Correct the instance type.

    owned.nothing-usable
    No entry of the list can be used: plans are made as if nothing of it were owned.
    Correct what the warnings name, or leave the file out if nothing is owned.

    owned.incomplete
    The history does not state all of a commitment: it is left out of what is owned.
    Name a list of the provider's own tool, or state it in a CSV of owned commitments.

    owned.ended-early
    No row names a commitment any more, though the bills go on: it is taken to have ended then.
    If it is still owned, name a list of the provider's own tool in place of the history.

    owned.used-by-other-services
    Usage that is no machine takes a part of a plan; the rest is left for machines.
    Nothing, if that usage goes on.

    owned.unknown-state
    The state of a commitment is not known. Of AWS and Google it is left out, of Azure it counts.
    Correct the state, or remove the entry.

    owned.borrowed-rates
    The price file has no rates for a plan: it covers usage at those of its nearest terms.
    Add the plan's rates to the price file, also where the plan is no longer sold.

    owned.azure-order
    An entry is an order of Azure, which does not say what was bought: it is left out.
    Export the reservations or plans that are in it.

    owned.other-resource
    A commitment of Google is also for accelerators or disks that have no price: they are left out.
    Add their price to the price book, or write them into a CSV of owned commitments.

    owned.payment-pending
    A reservation is being paid for right now, and counts as owned.
    Remove it from the list if the payment fails.

    owned.unknown-scope
    The scope names nothing that is known.
    Write shared, account, or group:NAME with the group under sharing.groups.

    owned.resource-group-scope
    A reservation is for a resource group, and usage names none: it counts for its subscription.
    Give that usage an account of its own, and set scope to account.

    owned.licence-commitment
    A commitment pays for licences (SUSE, RHEL), which bills here have at their full price.
    State lower prices of the machines with that system, if that matters.

    owned.other-shape
    Google: a commitment has another ratio of memory to vCPUs than any type; the nearest counts.
    Split it by hand in a CSV of owned commitments, if that matters.

    owned.sunk-price
    What was paid for the original of a modified reservation is not in the list: it counts as sunk.
    Export the list with the original in it.

    owned.unknown-engine
    The engine of a reserved node is not known: it covers usage of exactly this name and type.
    Name the usage's engine so, if it is the same.

    owned.no-account
    A commitment names no account, and whom it serves depends on it: it serves all that share.
    Fill in the account that owns it.

    owned.unknown-sharing
    The list does not say whom a commitment serves: Google's count for their project, Azure's for all.
    State sharing.google, the group under sharing.groups, or the scope of the commitment.

    owned.scope-without-accounts
    A commitment is for some accounts, and the usage names none: it counts for all usage.
    Fill in the column account of the usage.

    utilization.unknown-resource
    A measured machine is not in the file of resources; what was measured of it is left out.
    Add it there, or leave its rows out.

    utilization.unmeasured
    Some machines have no row of measurements; they stay as they are.
    Export their utilisation too, to have them judged.

    utilization.fractions
    No value is above 1.
    Write percent, 0 to 100, if these are fractions.

    utilization.average-above-maximum
    An average is above its maximum.
    Check whether the two columns were swapped.

    utilization.short-history
    A machine is measured for too few hours to be judged.
    Measure for longer, or lower rightsizing.min_history_hours.

    utilization.bytes-by-sample
    Means or maxima of bytes do not say how long a sample is: they count as bytes of a minute.
    Nothing; or export Sum, which is the bytes of the whole period.

    utilization.unread-statistic
    A series is of a statistic that is not read, as percentiles are; it is left out.
    Export Average and Maximum; of bytes Sum.

    utilization.unknown-memory
    A machine's memory use is not known, so it keeps the memory that it has.
    Measure memory, or set rightsizing.unknown_memory.

    utilization.unknown-speed
    How fast another type's processors are was never measured, so it is not offered.
    Nothing; try a machine of the type yourself.

    utilization.architecture
    A cheaper type has processors that need other programs, and no one allowed that.
    Write architecture into the column may of the resources, or into rightsizing.actions.

    utilization.burstable
    A cheaper type has its processors for a part of the time only, and no one allowed that.
    Write burstable into the column may of the resources, or into rightsizing.actions.

    utilization.schedule
    A machine never does anything in some hours of the week, and no one allowed to stop it there.
    Write schedule into the column may of the resources, or into rightsizing.actions.

    utilization.local-disk
    With a cheaper type the disk inside would shrink or go, or its size is not known: not offered.
    Nothing; where the disk is not needed, change such machines by hand.

    utilization.accelerators
    A cheaper type has fewer accelerators, or the catalogue does not know how many there are.
    Nothing; where fewer would do, change such machines by hand.

    utilization.credits
    CPU credits of cheaper types would run out.
    Nothing, if that is so.

    utilization.memory
    Cheaper types have too little memory for what was measured.
    Nothing; the limits are rightsizing.max_memory and memory_percentile.

    utilization.network
    Cheaper types have too little network for what was measured.
    Nothing; the limit is rightsizing.max_throughput.

    utilization.disk
    Cheaper types have too little throughput of disks for what was measured.
    Nothing; the limit is rightsizing.max_throughput.

    utilization.cpu
    Cheaper types have too few processors for what was measured.
    Nothing; the limits are rightsizing.max_cpu and cpu_percentile.

    utilization.nothing-cheaper
    Half of a machine would do, and nothing smaller of its family, or like it, is on sale.
    Nothing; or add the prices of smaller types.

    utilization.group
    Machines that change together have nothing that fits all of them, or one was not measured.
    Look at that machine by hand, or take it out of the group.

    utilization.exceeds-usage
    More machines ran than the usage has instance-hours.
    Correct the machines' groups, or the usage.

    resources.not-in-usage
    There is no usage of a machine's group in the window.
    Write the machine's group as in the usage file.

    discounts.bill-discount-of-a-part
    A rule is for the whole bill, and it names a part of it.
    Leave the column empty, or write price or usage in the column applies_to.

    discounts.unlikely-percent
    A discount is of less than one per cent.
    Write 10 for ten per cent, not 0.1.

    discounts.spend-band
    A discount holds from a yearly spend on; bands are not computed, and it is left out.
    State one rule with the percent that the year's whole spend comes to.

    discounts.no-match
    A rule fits no price.
    Correct its names, or remove it.

    discounts.never-first
    For each price that a rule fits, another rule names more.
    Remove it, or let it name more.

    discounts.part-of-window
    A rule holds for a part of the window: that share of it is taken off in every hour.
    Plan for a window that it covers, if that is too coarse.

    recommendation.nothing
    The provider recommends to buy nothing.
    Nothing, if that is so.

    recommendation.missing-field
    The recommendation does not say for what it is.
    Export the recommendation again.

    recommendation.resource-group-scope
    A purchase is recommended for a resource group, and usage names none: its subscription's counts.
    Give that usage an account of its own, if that matters.

    recommendation.other-shape
    Google: vCPUs and memory are recommended in another ratio than any type has; the nearest counts.
    Nothing, unless the two are far apart.

    recommendation.other-resource
    Google recommends something without vCPUs, or something that has no price: it is left out.
    Put the recommendation of vCPUs into the same file, and prices into the price file.

    owned.inferred
    A bill names a commitment in part; it counts as its rows show it, and nothing is bought again.
    State its period in a file of contract commitments, or name a list of the provider's own tool.

    usage.covered-not-owned
    Commitments cover usage of the history, and the scenario names nothing that is owned.
    Write owned: with the history's name, or name a list of the provider's own tool.

    utilization.ragged
    A series has more timestamps than values, or fewer.
    Export it again.

    resources.resized
    A machine was resized inside the history; it keeps what it has.
    Give it one row with its type of today, and measurements from then on.
    """
}
