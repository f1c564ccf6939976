# The pages of the bank.

banking-lead = What the bank says, what the ledger says, and what still waits for somebody.
banking-crumbs = Where you are
banking-fund = Fund
banking-filter = Show
banking-no-funds = There is no fund yet
banking-no-funds-next = A bank file belongs to the account of a fund. Ask whoever manages the Energiehuis to open one.
banking-agree-title = Bank and ledger
banking-agrees = Equal
banking-differs = There is a difference
banking-last = Last statement
banking-no-statement = No statement yet
banking-statements = { $count ->
    [one] 1 statement
   *[other] { $count } statements
}
banking-gaps = { $count ->
    [one] in 1 place the balance does not follow
   *[other] in { $count } places the balance does not follow
}
banking-bank = Bank balance
banking-ledger = Ledger balance
banking-difference = Difference
banking-unmatched = Owner unknown
banking-since = since statement { $sequence } of { $on }
banking-differed = { $count ->
    [one] equal now, not on 1 earlier day
   *[other] equal now, not on { $count } earlier days
}
banking-off-by = differs by { $amount }
banking-same-day = later that day

banking-upload = Import bank files
banking-upload-help = Choose one or more files of your bank (CODA, CAMT.053 or CAMT.054), { $most } MB together at most. The same file twice does no harm: it is recognised. If something is wrong, nothing of that file is booked.
banking-upload-hold = Hold a file that does not follow until the missing one comes; otherwise it is refused
banking-upload-files = Files
banking-upload-do = Import
banking-too-large = This is more than { $most } MB. Choose fewer files at once; nothing was imported.
banking-no-file = You have not chosen a file yet. Choose at least one.
banking-unreadable = The files did not arrive well; nothing was imported. Try again.

banking-held = { $count ->
    [one] 1 file is held
   *[other] { $count } files are held
}
banking-held-chip = Waits
banking-held-help = These files are right, but a statement before them is missing. They are booked by themselves as soon as it comes in.
banking-held-since = Since { $moment }, by { $name }
banking-held-reason = Why
banking-held-reason-hint = Only to book it although a number is missing, or to throw it away.
banking-held-again = Try again
banking-held-accept = Book although a number is missing
banking-held-discard = Throw away
banking-held-decided = Done.

banking-waiting-title = What waits for somebody
banking-waiting = { $count ->
    [one] 1 line waits for somebody
   *[other] { $count } lines wait for somebody
}
banking-none-waiting = Nothing waits
banking-none-waiting-next = Every line of the bank has found its place.
banking-who = From or to
banking-nobody = Unknown
banking-date = Date
banking-why = Why
banking-amount = Amount
banking-do = Do
banking-settle = Settle

banking-latest = Latest statements
banking-all-statements = All statements
banking-no-files = No bank file was imported yet
banking-no-files-next = Get a CODA or CAMT.053 file from your bank and import it above.
banking-statement-column = Statement
banking-statement = statement { $number }
banking-number = no. { $number }
banking-file = File
banking-old-balance = Opening balance
banking-new-balance = Closing balance
banking-lines = Lines
banking-wait = Waiting
banking-statements-title = Statements
banking-statements-lead = Every statement begins where the one before of the same account ended.
banking-chain = Chain
banking-follows = Follows
banking-breaks = Does not follow
banking-first = First
banking-pages = Pages
banking-newer = Newer
banking-older = Older

banking-file-lead = Imported on { $moment } by { $name }.
banking-explained-chip = Total, with its details
banking-detail-of-total = Detail of a total of this statement.
banking-details-of-statement = Details that this file brought for totals of this statement. No money of its own.
banking-outcome = What became of it
banking-outcome-booked = Booked
banking-outcome-suspense = Waits for somebody
banking-outcome-detailed = Total
banking-settled-chip = Settled
banking-settled-by = by { $name }, { $moment }

banking-imported = What became of your files
banking-imported-lead = { $count ->
    [one] You sent 1 file.
   *[other] You sent { $count } files.
}
banking-imported-waiting = { $count ->
    [one] 1 line waits for you: settle it.
   *[other] { $count } lines wait for you: settle them.
}
banking-state-imported = Imported
banking-state-known = Known already
banking-state-refused = Refused
banking-state-held = Held
banking-state-discarded = Thrown away
banking-state-why-imported = Everything in this file is booked.
banking-state-why-known = Everything in this file was booked before. Nothing has changed.
banking-state-why-refused = Something is wrong. Nothing of this file is booked. Below is what stands there and what should.
banking-state-why-held = It is right, but it does not follow on the last statement. Nothing of it is booked yet: it is booked by itself as soon as what is missing comes in.
banking-state-why-discarded = It is not booked and waits no more. Its bytes are kept.
banking-known-since = It came in on { $moment }.
banking-known = known already
banking-file-open = Open the file
banking-problems = { $count ->
    [one] 1 error in the file
   *[other] { $count } errors in the file
}
banking-problem-line = Line
banking-problem-record = Record
banking-problem-field = Field
banking-problem-found = Found
banking-problem-expected = Expected
banking-problem-whole = File
banking-left-out = And { $count } more.
banking-warnings = The money is right, but have a look at this:
banking-explained-lead = These details explain totals that waited. Their money was on the account already; it is now placed by detail.
banking-explained = Total of { $amount } of { $on }: { $details ->
    [one] 1 detail
   *[other] { $details } details
}
banking-statements-of-file = Statements in this file
banking-booked = { $lines ->
    [one] 1 line read
   *[other] { $lines } lines read
}{ $suspense ->
    [0] , all booked
    [one] , of which 1 waits for somebody
   *[other] , of which { $suspense } wait for somebody
}
banking-back = Back to the bank

banking-settle-title = Settle a line
banking-settle-line = This came in
banking-structured = Structured communication
banking-free = Communication
banking-loan = Loan
banking-loan-hint = Its number, like L-2026-00012, or the communication of the loan.
banking-no-loans = This fund has no loans yet.
banking-reason = Why
banking-reason-hint = For whoever checks it later: how do you know?
banking-settle-do = Settle
banking-settle-not = Not now
banking-settled = Settled to { $loan }. The payment counts from the day the bank received it.

loan-named-missing = Say which loan this is for: its number or its communication.
loan-named-unknown = There is no loan “{ $value }”. Write its number, like L-2026-00012, or its communication of 12 digits.
