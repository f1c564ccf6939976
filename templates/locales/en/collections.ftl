# The page Collections, mandates on a loan, and what can be wrong with them.

collection-lead = What is collected by direct debit, in which file, and what came back.
collection-returns = What came back
collection-returns-count = { $count ->
    [one] 1 collection came back
   *[other] { $count } collections came back
}
collection-no-returns = Nothing that came back is waiting
collection-no-returns-next = What the bank undoes is shown here, with what there is to do.
collection-loan = Loan
collection-back-on = Back on
collection-due = due on { $day }
collection-why = Why
collection-what-to-do = What to do
collection-never-credited = The money had not come yet.
collection-retry-on = Tried again on { $day }.
collection-return-answer = This was done
collection-return-note = What did you do?
collection-return-do = Take off the list
collection-return-done = It is off the list.
collection-return-note-missing = Write what you did.
collection-return-answered = Somebody else has dealt with this already.
collection-return-retries = This is tried again by itself. Nobody has to do anything.
collection-return-undone = Somebody has undone this return. Nobody has to do anything.
collection-run-new = Make a file
collection-run-help = Everything that was announced and may leave. Somebody else releases the file.
collection-through = Last day of collection
collection-run-do = Make the file
collection-run-made = The file is made. A second person must release it.
collection-run-nothing = Nothing may leave. Below is why.
collection-run-released = The file may leave.
collection-run-title = File with collections
collection-run-lead = { $count ->
    [one] 1 collection
   *[other] { $count } collections
} for { $fund }, { $sum } together.
collection-run-state-made = Waits for a second person
collection-run-state-released = Released
collection-run-state-exported = Sent
collection-run-state-lapsed = Too late
collection-run-empty = Nothing was announced that is collected up to and including { $through }. What was announced is on the page Collections.
collection-run-own = You made this file yourself. Somebody else must release it.
collection-run-lapsed = Nobody sent this file in time. Its collections get a new day tonight.
collection-run-late = The bank no longer takes this file: it should have left on { $by }. Its collections get a new day tonight.
collection-run-not-released = A second person must release this file first.
collection-runs = Files
collection-no-runs = There is no file yet
collection-no-runs-next = Make one when something was announced.
collection-file = File
collection-in-file = Collections in this file
collection-message = Message
collection-first-on = First collection
collection-send-by = Send by
collection-lines = Count
collection-made-by = Made by
collection-released-by = Released by
collection-exported = Sent
collection-release-help = Check the total. Then the file may go to the bank.
collection-release-do = Release
collection-release-other = A second person releases this file: never who made it.
collection-export-help = From the first time on, the collections are on their way. Later you always get the same file.
collection-export-do = Download for the bank
collection-waiting = { $count ->
    [one] 1 collection announced, { $sum }
   *[other] { $count } collections announced, { $sum } together
}
collection-none-waiting = Nothing is announced
collection-none-waiting-next = Every night, what falls due soon is announced, for loans with a mandate.
collection-collect-on = Collected on
collection-told = Announced on
collection-told-on = announced on { $day }
collection-not-told = Tonight
collection-stays = Stays behind because
collection-attempt = attempt { $count }
collection-no-creditor = This fund has no SEPA creditor identifier yet. Set it with “energiehuis collection creditor”.
collection-problem-fund = There is no fund with this code. Write it like NKF.
collection-problem-creditor = This is not a Belgian SEPA creditor identifier. Write it like BE12ZZZ0456810810.
collection-problem-creditor-twice = There is an identifier from { $on } already.
collection-problem-name = Write a name of 1 to 70 signs.
collection-problem-past = This is before today ({ $today }). What was collected does not change any more.
collection-came-back = { $kind } on { $day }, reason { $reason }
collection-provisional = Provisional: the payer can take the money back until { $day }.
collection-state-made = Announced
collection-state-exported = With the bank
collection-state-credited = Collected
collection-state-returned = Came back
collection-state-dropped = Dropped
collection-block-mandate_stopped = The mandate was stopped.
collection-block-mandate_expired = The mandate has ended.
collection-block-may_not_collect = Nobody may collect on this loan now.
collection-block-amount_changed = Another amount is open than was announced. A new notice leaves tonight.
collection-block-not_notified = The borrower was not told of this. A notice leaves tonight.
collection-block-notice_too_short = The borrower was told too shortly before.
collection-block-too_late = The bank needed this file earlier. A new day comes tonight.
collection-block-own_account = The account is one of the house itself.
collection-dropped-nothing_due = There is nothing to collect any more.
collection-dropped-mandate_ended = The mandate has ended.
collection-dropped-may_not_collect = Nobody may collect on this loan now.
collection-dropped-return_undone = The first try turned out not to have come back.
collection-action-retry = There was no money. It is tried once more.
collection-action-ask_account = The mandate is stopped. Ask the right account number and change the mandate.
collection-action-stop_mandate = The mandate is stopped: the permission is disputed. Find the signed mandate and speak with the borrower.
collection-action-contact = Contact the borrower. A transfer with the communication of the loan is always possible.
collection-action-technical = Something is wrong with our file or identifier. Look into it.
collection-action-estate = The borrower has died. The mandate is stopped. Contact the heirs or the notary.
collection-action-complete_data = The bank misses data of the payer. Complete them.
collection-action-allow_list = The bank of the payer stops us. Ask the borrower to allow our identifier.
collection-action-check_duplicate = The bank sees the same collection twice. Look at our own files first.
return-kind-reject = Rejected
return-kind-return = Returned
return-kind-refund = Refunded
return-kind-reversal = Reversed by us
return-kind-cancellation = Cancelled
mandate-title = Direct debit
mandate-none = There is no mandate. The borrower pays by transfer.
mandate-reference = Mandate
mandate-reference-hint = Letters and digits, 35 at most. Empty: made from the number of the loan.
mandate-reference-new = New reference of the mandate
mandate-signed-on = Signed on
mandate-account = Account
mandate-bic = BIC of the bank
mandate-bic-hint = Empty: our bank finds it.
mandate-debtor = Name of the payer
mandate-debtor-hint = Empty: who owes the loan.
mandate-iban-new = New account number
mandate-add = Register a mandate
mandate-add-do = Register the mandate
mandate-change = Change the mandate
mandate-change-help = The bank of the payer hears of it with the next collection.
mandate-change-do = Change
mandate-stop = Stop the mandate
mandate-stop-help = Nothing more is collected. What is with the bank already goes on.
mandate-stop-do = Stop
mandate-registered = The mandate is registered. Tonight the next instalment is announced.
mandate-amended = The mandate is changed.
mandate-stopped = The mandate is stopped.
mandate-kind-recurrent = For every instalment
mandate-kind-one_off = For one time
mandate-state-active = Active
mandate-state-stopped = Stopped
mandate-state-expired = Ended
mandate-stop-person = as asked
mandate-stop-returned = by the bank
mandate-stop-used = it was for one time
mandate-stopped-on = Stopped on { $day },
mandate-expired-on = Ended on { $day }: nothing collected for 36 months.
mandate-last-collected = Last collection on { $day }.
mandate-never-collected = Not used yet.
mandate-ends-on = Ends on { $day } when nothing is collected.
mandate-ends = Ends on
mandate-expiring = Mandates that end within three months because nothing is collected
mandate-collections = { $count ->
    [one] 1 collection
   *[other] { $count } collections
}
mandate-problem-expired = This mandate has ended. Have a new mandate signed.
mandate-problem-stopped = This mandate was stopped. Have a new mandate signed.
mandate-problem-same = That is what the mandate says already.
mandate-problem-holds = This mandate still holds.
mandate-problem-future = The signature cannot be of after today ({ $today }).
mandate-problem-too-old = This mandate is more than 36 months old and was never used. Have a new mandate signed.
mandate-problem-iban = This is not an IBAN. Write the account number like BE68 5390 0754 7034.
mandate-problem-bic = A BIC has 8 or 11 letters and digits, like KREDBEBB.
mandate-problem-reference = A mandate has a reference of 1 to 35 letters and digits, without other signs.
mandate-problem-reference-twice = Another mandate has this reference already. Choose another one.
mandate-problem-own-account = This is the account of fund { $fund }. Give the account of the borrower.
mandate-problem-active = This loan has an active mandate already. Stop that first, or change it.
mandate-problem-loan = Nothing can be collected on loan { $number } now: it is over, or nobody may collect on it.
mandate-problem-no-change = Give a new account number or a new reference.
letter-collection_notice = Notice of a collection
letter-rule-collection_notice = Notice of a collection
job-collections_prepare = Announce collections
jobs-report-collections-prepare = { $made ->
    [0] No new collection
    [one] 1 new collection
   *[other] { $made } new collections
}, { $notices ->
    [0] no notices
    [one] 1 notice
   *[other] { $notices } notices
} of which { $letters_to_print } to print; { $dropped } dropped, { $expired } mandates ended, { $lapsed } files too late, { $without_creditor } loans without a creditor identifier ({ $loans } loans looked at).
jobs-report-collections-prepare-nothing = { $loans ->
    [0] No loan has a mandate.
    [one] 1 loan looked at: there was nothing to do.
   *[other] { $loans } loans looked at: there was nothing to do.
}
deed-mandate-registered = Mandate registered
deed-mandate-amended = Mandate changed
deed-mandate-stopped = Mandate stopped
deed-collection-return-answered = Returned collection dealt with
bank-reason-collection-credited = Collection of an instalment by direct debit.
bank-reason-collection-total = Collection of a whole file of direct debits.
bank-reason-collection-returned = A collection came back. The payment is undone.
bank-reason-collection-rejected = A collection was rejected and its money had not come. Find the amount that belongs to it.
bank-reason-collection-other-amount = This is our collection, but with another amount.
bank-reason-collection-not-expected = This looks like our collection, but it has not left, was credited before, or cannot be told apart.
bank-reason-collection-returned-before = This collection came back before.
bank-reason-collection-return-unknown = A direct debit came back, and it is none that we know.
bank-reason-collection-total-refused = This is the collection of a whole file, but one of its loans does not take its payment.
deed-collection-returned = Collection came back
deed-collection-return-undone = Return of a collection undone
deed-mandate-resumed = Mandate active again
