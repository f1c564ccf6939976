# What happens to a loan: the door of events, and what the page of a loan says of it.

loan-event-problem-text = Write a text or a number here, not a list or an object.
loan-event-problem-object = An object with fields belongs here.
loan-event-problem-lines = Write a list of lines, each with due_on and amount.
loan-event-problem-not-negative = The amount must be 0.00 or more.
loan-event-problem-id = This is not an identifier. Copy it as it is shown, like 01890a5d-ac96-774b-bcce-b302099a8057.
loan-event-problem-unknown-field = This field does not belong here. There are: { $choices }.
loan-event-problem-bank-day = The bank says on which day this counts. Leave the day out.
loan-event-problem-replacement = Say what should have been recorded, or null where nothing had happened.
loan-event-problem-debtor = Say who owes the loan now: the person_id of somebody the house knows, or a person.
loan-event-problem-person = The house does not know this person.
loan-event-problem-same-debtor = This person owes the loan already.
loan-event-problem-same-loan = The payment is on this loan already. Name the loan it belongs to.
loan-event-problem-refund-iban = Money goes back to where it came from: no payment of this loan came from this account.
loan-event-correct-payment = A payment is what the bank says: its amount stands, and it cannot be undone. If it belongs to another loan, record payment_moved; if the bank gave it back, payment_returned.
loan-event-correct-tranche = A tranche belongs to its invoice: its amount stands, and it cannot be undone. Only its day can be corrected.
loan-event-correct-refund = A refund belongs to its payment order: its amount stands, and it cannot be undone. Only its day can be corrected.
loan-event-correct-reversal = A payment that was undone stays undone. If it came in after all, record the payment again; if it was moved by mistake, move it back with payment_moved.

bank-give-back-money-in = This is money that came in ({ $amount }). Only money that left can give a payment back.
bank-give-back-other-amount = The payment was { $paid } and { $back } went back. A payment goes back in whole.

loan-status-matured = Past its date
loan-status-written_off = Written off
instalment-forgone = Given up
schedule-line-interest = interest
schedule-line-early_repayment = early repayment
schedule-line-gain_share = share of the gain
schedule-line-remission = remitted
trigger-acceleration = Unpaid instalments
trigger-withdrawal = Contract taken back

field-written-off = Written off
field-recovered = Recovered
field-remitted = Remitted
field-refunded = Refunded
field-interest = Interest paid
field-gain = Share of the gain paid
loan-debtor = Owed by
loan-debt-settlement = Collective debt settlement
loan-debt-settlement-admitted = Admitted on { $day }: nobody may be asked to pay
loan-debt-settlement-ruled = Ruled on { $day }
loan-discharge = Discharge of the debt to the funder
loan-discharge-requested = Requested
loan-discharge-granted = Granted
loan-discharge-refused = Refused
loan-fact-recorded = Recorded on { $moment } by { $name }
loan-fact-corrected = Corrected on { $day } by { $name }: { $reason }
loan-fact-undone = Undone on { $day } by { $name }: { $reason }
loan-fact-now = Now of { $day }

fact-withdrawn = Contract taken back
fact-overpayment_refunded = Overpayment refunded
fact-holiday_granted = Payment holiday
fact-rescheduled = Another number of instalments
fact-plan_agreed = Plan agreed
fact-accelerated = Loan accelerated
fact-exit_valued = Dwelling valued
fact-spread = Repayment spread
fact-debtor_changed = Another debtor
fact-debt_settlement_admitted = Collective debt settlement admitted
fact-debt_settlement_ruled = Ruling on the collective debt settlement
fact-written_off = Loan written off
fact-discharge_requested = Discharge requested
fact-discharge_decided = Discharge decided
fact-corrected = Correction

account-refunds_payable = Refunds to pay
account-interest_income = Interest received
account-gain_share_income = Share of gains received

entry-refund_paid = Refund paid
entry-loan_changed = Loan changed
entry-remitted = Remission
entry-written_off = Write-off
entry-discharge_decided = Discharge
entry-fact_corrected = Correction of an earlier fact

deed-loan-tranche-drawn = Tranche drawn
deed-loan-withdrawn = Contract taken back
deed-loan-holiday-granted = Payment holiday granted
deed-loan-rescheduled = Number of instalments changed
deed-loan-plan-agreed = Plan agreed
deed-loan-called-due = Loan called due
deed-loan-accelerated = Loan accelerated
deed-loan-exit-valued = Dwelling valued
deed-loan-spread = Repayment spread
deed-loan-debtor-changed = Debtor changed
deed-loan-debt-settlement-admitted = Collective debt settlement recorded
deed-loan-debt-settlement-ruled = Ruling of the court recorded
deed-loan-written-off = Loan written off
deed-loan-discharge-requested = Discharge requested
deed-loan-discharge-decided = Answer on the discharge recorded
deed-loan-corrected = Fact corrected
deed-loan-overpayment-refunded = Overpayment ordered back
deed-loan-payment = Payment assigned to the loan
deed-loan-payment-returned = Payment given back by the bank
deed-loan-payment-moved = Payment moved to another loan

difference-interest_income = interest received on the loan
difference-gain_share_income = share of the gain received on the loan
difference-write_off_loss = what was given up or remitted of the loan
difference-unreadable = the facts of the loan contradict each other
difference-refunds_payable = to be refunded to borrowers, by the orders
order-kind-refund = Back to the borrower
