# The pages of contractors and their accounts.

menu-contractors = Contractors

contractor-lead = On which account each contractor is paid, what changed, and what waits to be paid.
contractor-search = Name, number or account
contractor-search-do = Search
contractor-all = Show all
contractor-count = { $count ->
    [one] 1 contractor
   *[other] { $count } contractors
}
contractor-none = There are no contractors yet
contractor-none-next = A contractor comes with the first quote of an application.
contractor-none-here = No contractor found
contractor-none-here-next = Type part of the name, or at least four signs of the enterprise number or of an account.
contractor-look = To look at
contractor-look-first = Look at this account before it is paid
contractor-flag-changed = Changed on { $on }
contractor-flag-came-back = A transfer came back on { $on }
contractor-flag-shared = Also of another contractor
contractor-flag-borrower = Used by a borrower
contractor-waiting = Orders that wait
contractor-number = Enterprise number { $number }
contractor-paid-on = Paid on
contractor-accounts = Accounts, the latest first
contractor-since = Since
contractor-by = Recorded by
contractor-with-quote = came with a quote
contractor-verified = How it was verified
contractor-now = Now
contractor-orders = Orders that wait for the bank
contractor-no-orders = No order waits
contractor-no-orders-next = An order is made when an invoice of this contractor is approved.
contractor-run = Payment run
contractor-no-run = in no run yet
contractor-other-account = to { $iban }
contractor-change = Another account
contractor-change-help = Orders that wait outside a run go there from now on. Whoever releases the next run sees the change and verifies it too.
contractor-change-later = This contractor is in run { $run }, which has not left yet. Export or cancel that run first.
contractor-new-account = New account
contractor-change-do = Record this account
contractor-changed = { $count ->
    [0] The account is recorded. Whoever releases the next run sees the change.
    [one] The account is recorded, and 1 order that waits goes there. Whoever releases the next run sees the change.
   *[other] The account is recorded, and { $count } orders that wait go there. Whoever releases the next run sees the change.
}
