# What the check of the ledger says.

job-ledger_check = Check the ledger
jobs-report-ledger-check = { $entries ->
    [one] 1 entry checked
   *[other] { $entries } entries checked
}: { $differences ->
    [0] everything agrees
    [one] 1 difference
   *[other] { $differences } differences
}.
jobs-report-ledger-check-nothing = Nothing was booked yet.

difference-entry_unbalanced = debit and credit of an entry
difference-fund_unbalanced = debit and credit of the fund
difference-outstanding = still owed by the family
difference-overpaid = overpaid by the family
difference-commitment_negative = committed, less than nothing
difference-commitment_left = committed after the end of the draws
difference-commitment_undrawn = committed against what the contract has left to draw
difference-free_to_lend = free to lend, by the database and by the rule
difference-cash_at_bank = on the bank, by the last statement
difference-unmatched_receipts = received without an owner, by the lines of the bank
difference-unexplained_payments = paid without an explanation, by the lines of the bank
difference-contractors_payable = payable to contractors, by the orders
difference-due_to_funder = due to the funder, by what families paid
difference-should-be = should be { $expected } and is { $found }
