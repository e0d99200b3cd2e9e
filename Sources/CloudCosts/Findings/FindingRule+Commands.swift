extension FindingRule {
  /// Commands and their options.
  static let commandRules = """
    output.not-ours
    This program did not write the file that is there.
    Name another file, or add --force to replace it.

    output.is-an-input
    The output is a file that the command reads.
    Name another file.

    output.not-a-file
    The output is a folder, a device, a pipe or a socket.
    Name a file, or move it away.

    output.not-a-directory
    The output folder is a file.
    Name a folder, or move the file away.

    output.not-written
    The output cannot be written.
    Check the path, its permissions and the space that is left.

    system.limit
    A limit of the system is too low for the program to work.
    Raise it as the finding states.

    system.file
    The system refused a file.
    Check its path and permissions, the room on the disk, and the limits (ulimit -a).

    judge.missing-word
    --buy does not say all that a purchase needs.
    Add the word that the finding names.

    judge.unknown-word
    --buy has a word that the scenario's prices and usage do not know.
    Write: sp-compute 3y no-upfront 12.5/h, or ri-standard 1y no-upfront 40 m5.large us-east-1.

    judge.said-twice
    Two words of --buy say the same: two terms, or an amount with a comma in it.
    Write one number with a point, such as 12.5/h; another purchase is another --buy.

    judge.wrong-amount
    --buy states money for instances, or instances for money.
    Write a number of instances, such as 40, or money per hour, such as 12.5/h.

    judge.no-price
    The scenario's prices do not sell what --buy names.
    Add its price to the price file.

    judge.bad-timestamp
    The start in --buy is no date.
    Write start=2025-01-01.

    judge.not-utc
    The start in --buy has a time zone other than UTC.
    Write start=2025-01-01.

    judge.not-on-hour
    The start in --buy is not on the hour.
    Write start=2025-01-01.

    explain.outside-window
    The hour lies outside the window.
    Name an hour of the window.

    explain.unknown-account
    Neither usage nor commitments are of this account.
    Use one of the accounts that the finding lists.

    export.no-scenario
    The plan does not name its scenario.
    Name it with --scenario.

    verify.no-scenario
    The plan does not name its scenario.
    Name it with --scenario.

    advise.changed-scenario
    The scenario in the folder was changed by somebody.
    Run it: plimsoll run DIR; or name another folder with --into, or replace it with --force.

    reference.no-page
    There is no page of the documentation with the mark below which it is made.
    Name the folder Sources/plimsoll/Documentation.docc/Reference.

    reference.outdated
    A page of the documentation is not that of its table.
    Run plimsoll reference FOLDER.

    fetch.no-curl
    There is no curl.
    Install curl, or download the files by hand: plimsoll prices FILE…

    fetch.failed
    A price file could not be downloaded.
    Check the network and run the command again: it goes on where it ended.

    fetch.bad-base
    --base-url is no http or https address.
    Write --base-url https://…

    fetch.no-cache
    The folder of --cache cannot be made.
    Name another one with --cache.

    fetch.no-region
    No region is named.
    Name the regions that you use: --region eu-west-1.

    fetch.unknown-region
    The provider has no prices for the region.
    Correct the name.

    fetch.no-key
    Google's catalogue wants an API key.
    Name it with --key, or export the price list as CSV in the console.

    fetch.not-json
    What was downloaded is no JSON object.
    Run the command again.

    advise.not-a-file
    What advise is to read is no file, or never ends.
    Name a file.

    assess.accounts
    The smaller accounts are part of the whole, and not assessed by themselves.
    Nothing.

    assess.no-bound
    No bound could be proven, so there is no efficiency.
    Name a price file with offers for this usage: --prices FILE.

    assess.other-prices
    The bill is below what the price book can do, so efficiency is too high.
    Name the prices of this customer: --prices FILE.

    export.plan-changed
    The plan's file was changed after the program wrote it; it is exported as it is now.
    Buy what plimsoll run --out wrote; plimsoll verify says what fits no more.

    export.not-in-cost-explorer
    Cost Explorer has no recommendation of this kind.
    Use --format csv or json for it.

    export.not-in-terraform
    No Terraform resource buys this, so it is a comment.
    Buy it with plimsoll export --format commands.

    export.workbook
    The workbook could not be written.
    Make room in the folder for temporary files (TMPDIR), and try again.

    verify.inputs-changed
    A file that the plan was made from is not what it was.
    Bring back the files that the plan was made from, or make a new plan.
    """
}
