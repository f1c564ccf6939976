# The pages: words for codes, headings of tables, and what every page says.

days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
on-day = on { $day }
timeline = What happened

home-title = What waits for you
home-oldest = { $days ->
    [0] The family that waits longest for a decision or a contract applied today.
    [one] The family that waits longest for a decision or a contract has waited 1 day.
   *[other] The family that waits longest for a decision or a contract has waited { $days } days.
}
home-nothing = Nothing waits for you
home-nothing-next = Everything is up to date. The menu leads to the files.
home-to-vote = { $count ->
    [one] application waits for your vote
   *[other] applications wait for your vote
}
home-to-decide = { $count ->
    [one] application without a decision
   *[other] applications without a decision
}
home-to-sign = { $count ->
    [one] approved application without a contract
   *[other] approved applications without a contract
}
home-invoices = { $count ->
    [one] invoice waits for a decision
   *[other] invoices wait for a decision
}
home-suspense = { $count ->
    [one] bank line whose owner is not known
   *[other] bank lines whose owner is not known
}
home-releases = { $count ->
    [one] payment run waits for your release
   *[other] payment runs wait for your release
}
home-collection-files = { $count ->
    [one] file with collections waits for a second person
   *[other] files with collections wait for a second person
}
home-returns = { $count ->
    [one] collection came back and waits for somebody
   *[other] collections came back and wait for somebody
}
home-orders = { $count ->
    [one] payment order the bank has not carried out
   *[other] payment orders the bank has not carried out
}
home-overdue = { $count ->
    [one] loan with arrears of { $sum }
   *[other] loans with arrears, together { $sum }
}
home-failed-jobs = { $count ->
    [one] job has failed
   *[other] jobs have failed
}
home-failed-letters = { $count ->
    [one] letter could not be sent
   *[other] letters could not be sent
}

form-optional = optional
form-choose = Choose
form-all = All
form-filter = Show
form-problems = This still has to be put right
form-amount-hint = For example 1,234.50
form-amount-wrong = Fill in an amount, such as 1,234.50.
form-date-wrong = Fill in a date, such as 16/10/2026.
form-unreadable = The form could not be read. Open the page again and fill it in there.

frame-crumbs = Breadcrumbs

field-state = Status
field-product = Kind of loan
field-municipality = Municipality
field-number = Number
field-family = Family
field-amount = Amount
field-rules = Rules
field-waiting = Waiting
field-works = Works
field-contractor = Contractor
field-valid-until = Valid until
field-total = Total
field-person = Person
field-kind = Kind
field-year = Year
field-funder = Funder
field-committed = Promised
field-left = Not yet drawn
field-reason = Reason
field-born-on = Born on
field-insz = National number
insz-masked = Hidden; ends in { $tail }
field-email = E-mail
field-phone = Telephone
field-address = Address
field-built-in = Built in
field-bought-on = Bought on
field-epc = Energy label
field-fund = Fund
field-maker = Entered by
field-show = Which loans
field-borrower = Borrower
field-principal = Lent
field-outstanding = Still owed
field-overdue = Overdue
field-drawn = Drawn
field-repaid = Repaid
field-overpaid = Overpaid
field-no = No.
field-due-on = Due on
field-paid = Paid
field-open = Open
field-date = Date
field-enterprise-number = Enterprise number
field-account = Account
field-debit = Debit
field-credit = Credit
field-ogm = Structured communication
field-application = Application
field-counterparty = From or to
field-why = Why
field-do = Action
field-file = File
field-received = Received
field-until = Up to
field-statements = Statements
field-lines = Lines
field-suspense = Still waiting
field-outcome = What became of it
field-communication = Communication
field-creditor = Creditor
field-iban = Account number
field-for = For
field-ordered-on = Ordered on
field-letter = Letter
field-written = Written
field-document = Document
field-job = Job
field-next-due = Next time
field-last-run = Last time
field-for-date = For the day
field-finished = Finished
field-report = Report
field-ceiling = Ceiling
field-what = What
field-given-name = Given name
field-family-name = Family name
field-language = Language of letters
field-street = Street
field-house-number = House number
field-box = Box
field-postcode = Postcode
field-locality = Locality
field-epc-number = Number of the EPC
field-epc-score = EPC score (kWh/m² a year)
field-description = Description

product-emergency_buyer = Emergency-buyer loan
product-rolling_fund = Rolling fund
product-energy_loan = Energy loan
product-renovation_loan = My RenovationLoan

state-submitted = To decide
state-approved = Approved
state-refused = Refused
state-withdrawn = Withdrawn
state-signed = Signed

outcome-eligible = Eligible
outcome-not_eligible = Not eligible
outcome-incomplete = Incomplete
met-met = Met
met-not_met = Not met
met-missing = Not yet known

vote-approve = For
vote-refuse = Against
person-applicant = applicant
person-co_applicant = co-applicant
income-joint_taxable = Joint taxable income
income-gross = Gross income
income-benefit = Benefit
income-other = Other income
source-credit_line = Credit line
source-grant = Grant
source-own_means = Own means
source-revolves = comes back into the fund
source-passes-on = goes back to the funder
door-page = on these pages
door-api = by another program
door-csv = by a list
door-demo = by the demonstration
work-energy = saves energy
work-structural = repairs a defect

applications-lead = Who waits for an answer is on top: the longest waiting family first.
applications-lead-mine = These applications wait for your vote, the longest waiting family first.
applications-all = Show all applications
applications-count = { $count ->
    [one] 1 application
   *[other] { $count } applications
}
applications-none = No applications found
applications-none-next = Choose another status or municipality, or enter a new application.
application-new = New application
application-votes-so-far = { $count ->
    [one] 1 vote
   *[other] { $count } votes
}
application-to-loan = To loan
application-applied-on = applied on { $day }
application-instalments = in { $count } monthly instalments
application-quoted = Total of the quotes
application-waits = The family waits
application-waited = The family waited
application-since = since { $moment }
application-verdict = What the rules say
application-judged-on = by the rules of { $day }
application-rule-since = since { $day }
application-no-verdict = No verdict was kept with this application.
application-quotes = Works and quotes
application-quote-expired = Expired
application-incomes = Incomes
application-commitment = Promised money
application-vote = Your vote
application-vote-help = Two members of the committee vote. Whoever made the file does not vote. With the second vote for it the money is promised.
application-reason-hint = Needed to refuse: the family may know why.
application-approve = Approve
application-refuse = Refuse
application-cannot-approve = A rule is not met, or something is still missing, so this cannot be approved yet.
application-sign = Contract
application-sign-help = The money is promised. Have the borrower sign the contract and confirm it here.
sign-day = Day of signature
sign-day-hint = Empty is today.
sign-share = The contract gives the fund { $share } of a gain in value.
sign-value = Value before the works
sign-valued-by = Who valued it, and when
sign-valued-by-hint = Such as: surveyor Peeters, report of 12 March 2026
sign-grace = Months until the first instalment
sign-grace-help = Empty is what is usual; { $most } at most.
application-sign-do = The contract is signed
application-votes = Votes
application-no-votes = Nobody has voted yet.
application-refused-because = Refused because:
application-people = People
application-dwelling = Dwelling
application-withdraw = Withdraw the application
application-withdraw-help = The family no longer wants it. Promised money becomes free again.
application-withdraw-do = Withdraw
application-submitted = Application { $number } is handed in. The rules have judged it.
application-voted = Your vote is counted.
application-signed = The contract is recorded. This is the loan.
application-taken-back = The application is withdrawn.
commitment-left = { $left } left of { $committed }

loans-lead = Every loan, with what is still to be repaid.
loans-count = { $count ->
    [one] 1 loan
   *[other] { $count } loans
}
loans-none = No loans found
loans-none-next = Choose another filter. A loan begins when an approved application is signed.
loans-show-overdue = With arrears
loans-show-invoices = With an invoice that waits
loan-status-signed = Signed
loan-status-drawing = Works under way
loan-status-repaying = Repaying
loan-status-waiting = Not yet due
loan-status-called_due = Called due
loan-status-closed = Closed
loan-overdue = Overdue
loan-signed-on = signed on { $day }
loan-undrawn = { $amount } still to draw
loan-schedule = Instalments
loan-schedule-once = Repayment
loan-schedule-paid = { $count ->
    [one] 1 instalment paid
   *[other] { $count } instalments paid
}
loan-schedule-now = What counts now
loan-schedule-later = { $count ->
    [one] And 1 more instalment after that
   *[other] And { $count } more instalments after that
}
loan-schedule-planned = This is the plan of the contract. The instalments begin when the works are finished.
loan-no-date = This loan has no due date. It comes back when the house is sold or the owner dies.
loan-invoices = Invoices and payments
loan-no-invoices = There is no invoice yet.
loan-ledger = Ledger
loan-no-ledger = Nothing is booked yet.
loan-terms = Contract
loan-matures-on = Matures on
loan-called = Called due
loan-draws-closed-on = Draws closed on
loan-facts = Life of the loan
loan-earlier-payments = { $count } earlier payments, together { $sum }
loan-no-letters = No letter has gone out yet.
instalment-paid = Paid
instalment-open = Open
instalment-overdue = Overdue
instalment-planned = Planned
trigger-moved_out = Moved out
trigger-other_property_acquired = Other real estate
trigger-rights_transferred = Dwelling sold or given
trigger-rights_established = Real right established
trigger-death = Death
fact-signed = Contract signed
fact-tranche_drawn = Tranche drawn
fact-draws_closed = Draws closed
fact-payment_received = Payment received
fact-payment_reversed = Payment reversed
fact-called_due = Loan called due

invoice-received = The invoice is entered. A member of the committee approves or refuses it.
invoice-approved = The invoice is approved. The payment order is ready.
invoice-refused = The invoice is refused.
invoice-approve = Approve
invoice-refuse = Refuse
invoice-enter = Enter an invoice
invoice-enter-do = Save the invoice
invoice-quote = Quote
invoice-quote-missing = Choose the quote the invoice is for.
invoice-number = Invoice number
invoice-date = Invoice date
invoice-reference = Reference for the contractor
invoice-state-received = To decide
invoice-state-approved = Approved
invoice-state-refused = Refused
draws-close = The works are finished
draws-close-help = What is still promised ({ $amount }) becomes free for another family. The instalments begin. This cannot be undone.
draws-close-do = Close the draws
draws-closed = The draws are closed.

account-cash_at_bank = Bank
account-loans_receivable = Loans receivable
account-contractors_payable = Contractors payable
account-owed_to_funder = Credit line drawn
account-due_to_funder = Due to funder
account-unmatched_receipts = Unmatched receipts
account-unexplained_payments = Unexplained payments
account-borrower_overpayments = Overpaid by borrowers
account-grants = Grants
account-own_means = Own means
account-fee_income = Fees
account-bank_charges = Bank charges
account-write_off_loss = Write-offs
account-provision = Provision

entry-funding_received = Money of the funder
entry-tranche_approved = Invoice approved
entry-contractor_paid = Contractor paid
entry-payment_received = Payment of the borrower
entry-payment_reversed = Payment reversed
entry-passed_on_due = Due to be passed on
entry-passed_to_funder = Passed on to the funder
entry-receipt_unmatched = Receipt of unknown owner
entry-receipt_allocated = Receipt allocated
entry-overpayment_refunded = Overpayment refunded
entry-fee_received = Fee received
entry-bank_charge = Bank charge
entry-entry_reversed = Entry reversed

letter-first_reminder = First reminder
letter-pdf = Look at the letter (pdf)
letter-attempts = { $count } attempts

jobs-planned = Planned jobs
jobs-no-runs = No job has run yet
jobs-no-runs-next = The first one runs at the hour above, or now when you press the button.
job-never = never yet
job-run = Run now
job-asked = The job is asked for. It starts within a minute.

report-loans = loans
report-signals = signals
report-reminders = reminders
report-letters_to_print = to print
report-claims = claims
report-amount = amount
report-sent = sent
report-later = again later
report-failed = failed

fund-free = Free to lend
fund-outstanding = Lent to families
fund-cash = On the bank
fund-committed = Committed, not yet drawn
fund-undrawn = Credit lines still open
fund-contractors = Payable to contractors
fund-due = Due to funders
fund-unmatched = Received, owner unknown
fund-overpaid = Overpaid by borrowers
fund-sum = How we come to what is free
fund-sources = Where the money comes from
fund-received = Received so far
fund-chart-title = { $fund }: lent, on the bank and committed, month by month
fund-chart-table = The same figures as a table
fund-pass-on = Pass { $amount } on to the funder
fund-passed-on = { $count ->
    [0] There was nothing to pass on.
    [one] 1 payment order is ready.
   *[other] { $count } payment orders are ready.
}

deed-application-submitted = Application handed in
deed-application-voted = Vote cast
deed-application-approved = Application approved
deed-application-refused = Application refused
deed-application-withdrawn = Application withdrawn
deed-application-signed = Contract signed
deed-loan-signed = Loan signed
deed-loan-draws-closed = Draws closed
deed-invoice-received = Invoice entered
deed-invoice-approved = Invoice approved
deed-invoice-refused = Invoice refused

work-roof = Roof
work-wall_insulation = Wall insulation
work-floor_insulation = Floor insulation
work-glazing = Windows and glazing
work-heating = Heating
work-heat_pump = Heat pump
work-solar_panels = Solar panels
work-ventilation = Ventilation
work-electricity = Electricity
work-damp = Damp
work-structure = Structure
work-sanitary = Sanitary
work-other = Other works

solvency-market_loan_would_fail = A market loan would fail
solvency-market_loan_is_possible = A market loan is possible
ground-raised_allowance = Raised health-insurance allowance
ground-protected_customer = Protected customer
ground-debt_mediation = Debt mediation
ground-ocmw_guidance = Guidance by the OCMW
answer-yes = Yes
answer-no = No

new-lead = Fill in what the family brings. The rules of the day of application judge it at once.
new-what = What the family asks
new-amount = Amount asked for
new-applied-on = Day of application
new-applied-on-hint = The rules of that day hold.
new-instalments = Number of instalments
new-instalments-hint = For an energy loan or Mijn VerbouwLening only.
new-applicant = Applicant
new-co-applicant = Co-applicant
new-add-co-applicant = Add a co-applicant
new-insz-hint = Eleven digits, such as 93.05.18-223.61
new-work = Works { $number }
new-add-work = Add works { $number }
new-improves-energy = Saves energy
new-structural = Repairs a defect
new-enterprise-hint = Ten digits, such as 0566.988.259
new-iban-hint = The contractor is paid on this account.
new-quote-amount = Amount of the quote
new-quoted-on = Date of the quote
new-incomes-help = Give every income, per person and per year. Leave empty what is not there.
new-income = Income { $number }
new-answers = Declarations
new-answers-help = Leave open what you do not know yet. The application is then incomplete until it is known.
new-sole-owner = Full owner, alone or together
new-main-residence = It is the main residence
new-other-real-estate = Owns other real estate
new-defects = There are defects of safety, health or quality
new-dependants = Dependants
new-solvency = Inquiry by the OCMW
new-organisation = It is for an organisation
new-ground = Ground for priority
new-do = Hand in the application
new-cancel = Cancel
