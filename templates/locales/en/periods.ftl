# Closed periods of a fund.

period-closed = Nothing can be booked in {$fund} on {$on} any more: the first open day is {$open}.
period-not-over = Only what is over can be closed. Choose a day before today, {$today}.
period-closed-already = {$fund} is closed through {$closed} already. Choose a later day.
period-bank-behind = The last statement of {$fund} is of {$statement}. Import a statement of after {$through} first: what the bank says later about a closed day cannot be booked any more.
period-closed-now = {$fund} is closed through {$through}. Booking is possible from {$open} on.
period-belongs-on = belongs to {$on}, booked in the open period

funds-closed-through = Closed through {$day}.
funds-not-closed = No period was closed yet.
funds-close-through = Close through
funds-close = Close the period
funds-close-help = After that nothing can be booked on that day or before it. A correction lands on the first open day and says to which day it belongs. This cannot be undone.
