# The page Letters.

message-queued = Ready to send
message-sent = Sent
message-failed = Not sent

letter-rule-first_reminder = Free first reminder

letters-tile-queued = ready to send
letters-tile-sent = sent
letters-tile-failed = not sent: have a look
letters-lead = Every mail with a letter that the Energiehuis writes, and what became of it.
letters-none = There are no letters yet
letters-none-next = The first letter comes by itself, when a family misses an instalment and the job “Follow up arrears” runs.
letters-none-here = No letters with this status
letters-none-here-next = Choose another status to see the other letters.
letters-count = { $count ->
    [one] 1 letter
   *[other] { $count } letters
}
letters-newest = (the newest; choose a status to look further)
letters-letter = Letter
letters-recipient = For
letters-loan = Loan
letters-written = Written on
letters-state = Status
letters-filter = Show
letters-document = PDF
letters-open = View
letters-no-document = None
letters-attempts = { $count } attempts
letters-error = Last error (message of the mail server)
