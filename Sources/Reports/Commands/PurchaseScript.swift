/// What comes before and after the purchases of a script.
enum PurchaseScript {
  static let prologue = #"""
    #
    # Prints what it would do. To spend the money:   PLIMSOLL_BUY=yes sh THIS_FILE
    # What was bought is noted in plimsoll-receipts.txt (or $PLIMSOLL_RECEIPTS) and not bought again.
    set -euf

    buying=${PLIMSOLL_BUY:-no}
    receipts=${PLIMSOLL_RECEIPTS:-plimsoll-receipts.txt}
    left=0

    stop() {
      printf 'stopped: %s\n' "$*" >&2
      exit 1
    }

    # Prints a command as it could be typed.
    show() {
      for word; do
        case $word in
        *[!A-Za-z0-9_./:,=@%+-]*)
          printf "'%s' " "$(printf '%s' "$word" | sed "s/'/'\\\\''/g")" ;;
        *) printf '%s ' "$word" ;;
        esac
      done
      printf '\n'
    }

    # wanted RECEIPT ACCOUNT [again]: whether a purchase is still to be made, by the account it is
    # meant for. `again`: the provider knows the request again, so that it may be sent twice.
    wanted() {
      receipt=$1
      if [ -f "$receipts" ] && grep -Fqx -e "bought $receipt" -- "$receipts"; then
        printf 'already bought: %s\n' "$receipt"
        return 1
      fi
      [ "$buying" = yes ] || return 0
      if [ "${3:-}" != again ] && [ -f "$receipts" ] &&
        grep -Fqx -e "trying $receipt" -- "$receipts"; then
        stop "an earlier run may have bought this: $receipt. Look in the console; then change" \
          "its line in $receipts from 'trying' to 'bought', or delete the line."
      fi
      [ "$2" != any ] || return 0
      caller=$(aws sts get-caller-identity --query Account --output text) || stop "no credentials"
      [ "$caller" = "$2" ] || stop "this is account $caller, the purchase is for account $2"
    }

    # find_offering COMMAND...: sets $offering; anything but exactly one is an error.
    find_offering() {
      if [ "$buying" != yes ]; then
        show "$@"
        offering=OFFERING_ID
        return 0
      fi
      found=$("$@") || stop "no answer about: $receipt"
      set -- $found
      [ $# -eq 1 ] && [ "$1" != None ] || stop "$# offerings instead of one for: $receipt"
      offering=$1
    }

    # find_sku NAME COMMAND...: sets $sku, as the provider's catalogue has it; anything but exactly
    # one is an error.
    find_sku() {
      sku=$1
      shift
      if [ "$buying" != yes ]; then
        show "$@"
        return 0
      fi
      found=$("$@") || stop "no answer about: $receipt"
      found=$(printf '%s\n' "$found" | sort -u)
      set -- $found
      [ $# -eq 1 ] && [ "$1" != None ] || stop "$# SKUs on sale instead of one like $sku for:" \
        "$receipt. Buy it in the portal, and add the line 'bought $receipt' to $receipts."
      sku=$1
    }

    # nothing_like_it COMMAND...: stops where something like it was bought already; for services
    # that do not know a request again.
    nothing_like_it() {
      if [ "$buying" != yes ]; then
        show "$@"
        return 0
      fi
      found=$("$@") || stop "no answer about what is there: $receipt"
      set -- $found
      [ $# -eq 0 ] || [ "$1" = None ] || stop "bought already, it seems ($*): $receipt. If it was," \
        "add the line 'bought $receipt' to $receipts; if it was not, buy this one in the console."
    }

    # queued TIME: the option that queues a purchase whose day is still to come.
    queued() {
      day=$(printf '%s' "$1" | cut -c 1-10 | tr -d -)
      if [ "$day" -gt "$(date -u +%Y%m%d)" ]; then printf '%s' "--purchase-time $1"; fi
    }

    # buy COMMAND...: the only place where money is spent.
    buy() {
      if [ "$buying" != yes ]; then
        show "$@"
        return 0
      fi
      printf 'trying %s\n' "$receipt" >>"$receipts"
      "$@" || stop "the purchase failed: $receipt. Look in the console whether it was made."
      printf 'bought %s\n' "$receipt" >>"$receipts"
    }

    # paying_subscription: sets $scope, the subscription that pays for what is bought of Azure.
    paying_subscription() {
      scope=${PLIMSOLL_AZURE_SCOPE:-}
      if [ -z "$scope" ]; then
        [ "$buying" != yes ] || stop "set PLIMSOLL_AZURE_SCOPE to the subscription that pays:" \
          "/subscriptions/00000000-0000-0000-0000-000000000000"
        scope=/subscriptions/SUBSCRIPTION_ID
      fi
    }

    # by_hand LINE TEXT...: a purchase that this script cannot make, why, where, and what to type.
    by_hand() {
      left=$((left + 1))
      printf 'buy by hand: line %s\n' "$1"
      shift
      printf '  %s\n' "$@"
    }
    """#

  static let epilogue = #"""
    [ "$left" -eq 0 ] || printf '%s line(s) to buy by hand, named above\n' "$left"
    [ "$buying" = yes ] || printf 'Nothing was bought. To buy: PLIMSOLL_BUY=yes\n'
    """#
}
