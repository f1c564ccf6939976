# The page Funds.

funds-lead = Where each fund stood at the end of { $day }.
funds-on = On date
funds-show = Show
funds-today = To today
funds-day-wrong = “{ $value }” is not a date. Write it like 16/10/2026.
funds-day-after-today = This date is after today. Choose { $today } or earlier; below you see today.
funds-none = There is no fund yet
funds-none-next = A fund is opened when the house is set up. Ask whoever manages the Energiehuis.

funds-free = Free to lend
funds-outstanding = Lent out
funds-committed = Promised
funds-cash = On the bank
funds-undrawn = Credit that can still be called
funds-owed = Of others
funds-contractors = Invoices the bank still has to pay
funds-due = Back to funders
funds-unmatched = Money whose owner is not known
funds-overpaid = Paid too much by families
funds-formula = on the bank + credit that can still be called − promised − of others.
funds-formula-why = Promised is approved and not yet drawn. Of others is money on the account that already has a destination. Every amount comes from the ledger and every movement on the bank from a statement; nothing is typed in.

funds-chart-title = { $fund }: what is free and what is lent out, per month
funds-chart-span = At month ends, from { $from } to { $until }. At the end:
funds-chart-table = The chart as a table
funds-month-end = End of
funds-no-chart = The chart begins when the fund is two months old.
funds-sum = How this amount is made
funds-what = What
funds-amount = Amount
funds-outstanding-note = Families still have to repay { $amount } to the fund.

funds-sources = Where the money comes from
funds-no-sources = This fund has no funding source yet
funds-no-sources-next = Without a funding source the fund cannot promise anything. Ask whoever manages the Energiehuis.
funds-funder = Funder
funds-ceiling = Ceiling
funds-received = Received
funds-room = Left to promise
funds-to-pass-on = To pass on
funds-kind-credit_line = Credit line
funds-kind-grant = Grant
funds-kind-own_means = Own means
funds-revolves = stays in the fund
funds-passes-on = goes back to the funder
funds-pass-on-within = { $days ->
    [one] back within 1 day
   *[other] back within { $days } days
}
funds-until = until { $day }
funds-undrawn-of = { $amount } not called
funds-ordered = of which { $amount } ordered
funds-pass-on = Order to pass on { $amount }
funds-pass-on-help = One payment order per funder is made. The money leaves the fund only when the bank has paid.
funds-to-order = Still to pass on: { $amount }. The accountant orders that.
funds-all-ordered = Ordered: { $amount }; waits for the bank.
funds-nothing-due = There is nothing to pass on now.
funds-passed-on = { $count ->
    [one] 1 payment order made, { $sum }.
   *[other] { $count } payment orders made, { $sum } together.
}
