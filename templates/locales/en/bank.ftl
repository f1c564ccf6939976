bank-reason-loan-reference = Payment on a loan, with the communication of that loan.
bank-reason-loan-reference-rebuilt = Payment on a loan. The bank took the communication out of the free text itself.
bank-reason-loan-reference-in-text = Payment on a loan. The communication of the loan stands in the free text.
bank-reason-source-reference = Money of a funder, with the communication of its funding.
bank-reason-source-reference-in-text = Money of a funder. The communication of its funding stands in the free text.
bank-reason-order-executed = The bank executed our payment order.
bank-reason-bank-charge = Charges or interest of the bank.
bank-reason-details-booked = Total. The details below it are booked.
bank-reason-nothing-to-book = Amount of 0.00. There is nothing to book.
bank-reason-opening-balance = This balance was on the account before the first statement. Say whose it is.
bank-reason-no-reference = No communication. Find out by name or amount whose this is.
bank-reason-unknown-reference = The communication is right, but belongs to no loan or funder of ours.
bank-reason-reconstituted-reference-unknown = The bank made up a communication itself, and it is none of ours.
bank-reason-invalid-reference = The check digits of the communication are wrong. Probably a digit is mistyped.
bank-reason-two-references = It holds two communications of ours. Choose which one it is for.
bank-reason-loan-number-in-text = No communication, but the text names a loan. Check that it is right.
bank-reason-reference-of-another-fund = The communication belongs to another fund. The money is on the wrong account.
bank-reason-loan-repaid = The loan was repaid in full already.
bank-reason-nothing-drawn = Nothing has been drawn on this loan yet. There is nothing to repay.
bank-reason-before-signature = The payment is of before the signature of the loan.
bank-reason-more-than-claimable = This is more than can be claimed now. A loan with interest needs a new schedule first.
bank-reason-loan-refuses = This payment does not fit the loan. Look at the loan.
bank-reason-source-paid-too-much = The funder pays more than it promised.
bank-reason-debit-without-order = Money left the account without a payment order of ours.
bank-reason-amount-differs-from-order = The bank paid another amount than our order.
bank-reason-order-already-paid = This order was paid before. Perhaps it was paid twice.
bank-reason-order-of-another-fund = The order was for the account of another fund.
bank-reason-payment-returned = A payment of ours came back, and it is not certain which one.
bank-reason-returned-other-amount = A payment of ours came back with another amount than its order.
bank-reason-order-returned-before = A payment of ours came back that had come back before.
bank-reason-order-returned = A payment of ours came back. Its order waits again.
bank-reason-between-own-accounts = Transfer between accounts of our own.
bank-reason-total-without-details = Total without details. Ask the bank for the file with the details.

bank-problem-file = The file: found {$found}, expected {$expected}.
bank-problem-line = Line {$line}: found {$found}, expected {$expected}.
bank-problem-record = Line {$line}, record {$record}, {$field}: found {$found}, expected {$expected}.
bank-problem-element = Line {$line}, {$element}: found {$found}, expected {$expected}.
bank-problem-account-unknown = Statement {$sequence} is of account {$account}, which is the account of no fund. Import a file of the account of a fund.
bank-problem-currency = Statement {$sequence} is in {$currency}. A fund has an account in EUR.
bank-problem-no-total-waits = {$fund}: no total of {$amount} booked on {$on} waits for details, so {$count ->
    [one] 1 detail
   *[other] { $count } details
} of it cannot be placed. Import the statement of that day first.
bank-problem-total-was-settled = Somebody settled a total that this file explains at this very moment. Import the file again.
bank-problem-after-today = Statement {$sequence} has a date of {$on}, after today ({$today}). Import the file on that day.
bank-problem-balance-breaks = {$fund}: statement {$sequence} of {$on} begins with {$found}, but statement {$last} of {$lastOn} ended with {$expected}. After {$last} comes {$expectedSequence}. Import the missing file first.
bank-problem-number-missing = {$fund}: statement {$sequence} of {$on} does not follow statement {$last} of {$lastOn}: {$expectedSequence} was expected. The balances do meet ({$expected}). Import the missing file first.
bank-problem-earlier-than-last = {$fund}: statement {$sequence} of {$on} is older than the last one, statement {$last} of {$lastOn} (balance {$expected}; this one begins with {$found}). {$expectedSequence} was expected.
bank-problem-differs-between-formats = {$fund}: statement {$sequence} of {$on} goes from {$old} to {$new}, but the same statement came before as {$format} (file {$file}) and goes from {$knownOld} to {$knownNew}. Ask the bank which of the two is right.
bank-problem-period-closed = {$fund}: statement {$sequence} of {$on} is of a day that is closed. The first open day is {$open}.

bank-held-reason-missing = Say why, in a few words.
bank-settle-reason-missing = Write why you decide so.
bank-settle-not-in-suspense = This line does not wait for a decision: it is booked already.
bank-settle-already = This line was assigned already.
bank-settle-money-out = This is money that left the account ({$amount}). Only money that came in can go to a loan.
bank-settle-other-fund = Loan {$number} is of another fund. The money is on the account of this fund.

job-bank_folder = Take in bank files
jobs-report-bank-folder = { $imported ->
    [one] 1 bank file imported
   *[other] { $imported } bank files imported
}, { $known } known before, { $held } held, { $refused } refused, { $left } left for the next time.
jobs-report-bank-folder-nothing = No bank file lay in the watched folder, or no folder is watched.
