# The page Payment orders.

order-ordered = Waits for the bank
order-paid = Paid
order-kind-contractor = Invoice of a contractor
order-kind-funder = Back to the funder

orders-lead = What the bank has to pay and what it has paid. An order is paid only when it stands on a statement.
orders-none = There are no payment orders yet
orders-none-next = An order is made when an invoice is approved, or when a fund passes money on to a funder.
orders-none-here = No orders for this choice
orders-none-here-next = Choose another status or another fund.
orders-totals = Per fund
orders-fund = Fund
orders-ordered-count = Wait for the bank
orders-ordered-sum = Amount waiting
orders-paid-count = Paid
orders-paid-sum = Amount paid
orders-together = Together
orders-state = Status
orders-filter = Show
orders-count = { $count ->
    [one] 1 order, { $sum }
   *[other] { $count } orders, { $sum } together
}
orders-newest = (not everything fits; choose a fund or a status)
orders-creditor = To
orders-for = For
orders-reference = Reference and message
orders-ordered-on = Ordered on
orders-paid-on = on { $day }
orders-amount = Amount
