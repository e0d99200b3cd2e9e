extension FindingRule {
  /// Forecasts.
  static let forecastRules = """
    forecast.futures
    No method is named: the plan is for many futures.
    Nothing; forecast: {method: hindsight} asks what could have been saved.

    forecast.hindsight
    The plan says what could have been saved in the window at best.
    Nothing, if that is the question; else name a longer history.

    forecast.short-history
    The history is too short for the method, or for a season.
    Name a longer history; until then buy in steps, and little for three years.

    forecast.growth-capped
    Usage grew by more than half in a year; forecasts carry on no more than that.
    State growth that is known to go on under forecast.changes or as forecast.growth.

    forecast.no-usage
    The history has no usage at all.
    Check the export.

    forecast.no-year
    Days of the year need 56 weeks of history.
    Name a longer history, or use the method trend.

    forecast.one-path
    Many futures are asked for, and the method has one.
    Use the method futures or bootstrap, or leave out forecast.paths.

    forecast.horizon
    The horizon must come after the history, and not be empty.
    Name a horizon of at least a month.

    forecast.needs-horizon
    A change of usage has no effect where the window is planned for as it was.
    Add forecast.horizon, or another method.

    forecast.beyond-horizon
    A change comes after the horizon.
    Nothing, if that is meant.

    forecast.before-window
    Prices change before what is planned for begins: that has no effect.
    Put it into the price file.

    forecast.beyond-window
    Prices change after what is planned for ends: that has no effect.
    Check the date, or plan for longer (forecast.horizon).

    forecast.no-such-usage
    There is no usage that a change is about.
    Check its account, region, family and instance type.

    forecast.no-target
    A migration's family has no size that the usage could keep.
    State an instance_type, and the instance type that it moves to.

    forecast.no-price
    Usage is expected that has no price on demand.
    Add a row with the product on-demand to the price file.

    forecast.price-change
    Prices change inside the window; bills and plans include it.
    Nothing.

    forecast.price-no-rightsizing
    Machines whose price changes are not resized.
    Nothing.

    forecast.machines
    Measured machines are taken to stay, in the hours of the week in which they ran.
    Nothing; leave a machine out of the resources that will go anyway.

    forecast.gap
    Nothing ran for a day or longer: taken as missing, and filled with the week before.
    Export these hours, or end the window before them if usage really stopped.

    forecast.outlier
    Hours far above all around count as the median of their week.
    Check the export.

    forecast.level-shift
    Usage jumped to another level: only what came after that sets its trend.
    Nothing, if it is there to stay.

    forecast.unused
    Usage was not seen in the last week: it is expected to stay unused.
    Nothing, if it was given up.

    forecast.young
    Usage is new: its level is carried on without a trend.
    Add what is known of it under forecast.changes.

    backtest.too-little-history
    There are too few hours to learn from, or to bill.
    Leave 672 hours before backtest.from and one step after it.

    backtest.short-window
    Less than a year is billed: there is no season in it, and no purchase comes to its end.
    Name a longer history.

    backtest.shared
    Rules are compared as if all accounts shared what is bought, and the scenario says otherwise.
    Compare the rules with each other, and take what a plan saves from plimsoll run.

    backtest.unknown-pool
    backtest.only names no usage.
    Use one of the parts that the finding lists.

    backtest.nothing-on-sale
    There is no usage that the simple policies' product is on sale for.
    Choose backtest.product, term and payment among what the price file sells.

    backtest.no-finoptim
    The row finoptim is left out: no Python with that package was found.
    Nothing, or run `pip install finoptim` and set PLIMSOLL_FINOPTIM to that python.

    backtest.finoptim-failed
    finoptim gave no answer, and its row is left out.
    Nothing, or leave finoptim out of backtest.policies.

    backtest.failed
    The walk ended with an error.
    Report this with the scenario.

    backtest.unknown-run
    The file has no scenario of the name that --run gives.
    Use one of the names that the finding lists.

    forecast.unknown-run
    The file has no scenario of the name that --run gives.
    Use one of the names that the finding lists.

    frontier.unknown-run
    The file has no scenario of the name that --run gives.
    Use one of the names that the finding lists.

    judge.unknown-run
    The file has no scenario of the name that --run gives.
    Use one of the names that the finding lists.

    verify.unknown-run
    The scenario has no run that the plan names.
    Name the scenario that the plan was made from with --scenario.
    """
}
