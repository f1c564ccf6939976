booking-conflict-at-once = Somebody else booked this at the same moment. Look at it and try again.
booking-conflict-other-fact = The key {$key} was used before for another booking.
booking-interest = Part of this amount is interest on loan {$number}. Interest cannot be booked yet; nothing was booked.
booking-not-signed = The loan was not signed yet on {$on}.
booking-impossible = This booking does not fit the loan. Look at the loan.
booking-signed-again = The contract was signed on {$signedOn} already.
booking-before-signature = The date {$on} is before the signature on {$signedOn}.
booking-in-future = The date {$on} is after today, {$today}.
booking-not-positive = The amount {$amount} must be more than 0.00.
booking-above-contract = A draw of {$amount} is more than the {$undrawn} that is left of the contract.
booking-draws-closed = Draws were closed on {$on}. Nothing more can be drawn.
booking-twice = This is on the loan already.
booking-nothing-drawn = Nothing has been drawn on this loan yet.
booking-overpaid = {$amount} was paid too much. Refund it before anything is drawn.
booking-unknown-payment = This payment is not on the loan.
booking-already-reversed = This payment was reversed already.
booking-reversed-before-paid = The payment is of {$paidOn}. It cannot be reversed on {$on}.
booking-already-called = The loan was called due already, to be paid on {$dueOn}.
booking-due-in-past = The due date {$dueOn} is before {$on}, the day it is called due.
booking-loan-closed = The loan was repaid in full and is closed.
booking-early-with-interest = A payment of {$amount} is more than the {$claimable} of this and the next instalment. A loan with interest takes that only with a new schedule.
booking-word-event = { $event ->
    [signed] signing
    [withdrawn] taking the contract back
    [tranche_drawn] drawing a tranche
    [draws_closed] closing the draws
    [payment_received] a payment
    [payment_reversed] undoing a payment
    [overpayment_refunded] a refund
    [holiday_granted] a payment holiday
    [rescheduled] another number of instalments
    [plan_agreed] an agreed plan
    [called_due] calling the loan due
    [accelerated] an acceleration
    [exit_valued] the value at the exit
    [spread] spreading what is due
    [debtor_changed] another debtor
    [debt_settlement_admitted] the admission of a collective debt settlement
    [debt_settlement_ruled] the ruling on a collective debt settlement
    [written_off] a write-off
    [discharge_requested] the request for a discharge
    [discharge_decided] the answer to the request for a discharge
   *[corrected] a correction
}
booking-word-status = { $status ->
    [signed] signed and not drawn yet
    [drawing] still being drawn
    [repaying] being repaid
    [waiting] not due yet
    [matured] past its date
    [called_due] called due
    [written_off] written off
   *[closed] closed
}
booking-word-product = { $product ->
    [emergency_buyer] an emergency-buyer loan
    [rolling_fund] a loan of the rolling fund
    [energy_loan] an energy loan
   *[renovation_loan] a Mijn VerbouwLening
}
booking-word-instead = { $instead ->
    [plan] Agree on a plan instead.
    [recover] What is paid after a write-off is recovered: book the payment.
    [claim] Close its draws or call it due first.
    [admit] Record first that the request was admitted.
    [year-before] It can be decided in the year before the loan is due.
    [nothing-owed] Nothing is owed on it.
    [accelerate] Accelerate it or call it due first.
    [write-off] Write it off first.
   *[other] {""}
}
booking-word-field = { $field ->
    [instalments] The number of instalments
    [lines] The number of lines in the plan
    [first_due_on] The first due date
    [amount] The amount
    [remitted] What is remitted
    [valued_by] Who valued the dwelling
    [evidence] The place of the evidence
    [reference] The reference
   *[other] The value
}
booking-not-now = Not possible now: { booking-word-event }. The loan is { booking-word-status }. { booking-word-instead }
booking-not-this-product = Not possible for { booking-word-product }: { booking-word-event }.
booking-count = { booking-word-field } is { $value }. It must be from { $least } to { $most }.
booking-withdrawn-too-late = A contract of { $signedOn } could be taken back until { $last }. { $on } is too late.
booking-not-after = { booking-word-field } is { $date }. It must be after { $on }, the day of the agreement.
booking-empty-plan = The plan has no lines. It needs at least one day with its amount.
booking-plan-order = Line { $number } of the plan is of { $date }, which is not after the line before it.
booking-plan-sum = The plan adds up to { $sum }. It must be { $owed }, which is owed.
booking-more-than = { booking-word-field } is { $amount }. The most is { $most }.
booking-spread-too-long = The last instalment would fall due on { $last }. The contract allows none after { $latest }.
booking-no-spreading = This contract does not allow what is due to be spread.
booking-no-gain-share = This contract asks no share of a gain, or the share was settled already.
booking-not-exited = The loan was not called due by a sale or a death. Record that first.
booking-too-soon-to-accelerate = { $unpaid ->
    [one] 1 instalment is
   *[other] { $unpaid } instalments are
} overdue, { $overdue } together. Accelerating takes two unpaid instalments, or a fifth of the { $outstanding } that is owed.
booking-notice-too-short = The registered notice of { $noticedOn } gives until { $until }. { $on } is too early.
booking-no-reference = { booking-word-field } is empty. Say where it is kept.
booking-no-discharge-asked = No discharge waits for an answer on this loan.
booking-discharge-asked-again = A discharge was asked for this loan already.
booking-refund-not-covered = { $amount } would have been refunded that was never paid.
booking-unknown-fact = This fact is not on the loan. Its identifier stands in the facts of the loan.
booking-cannot-correct = This cannot be corrected: { booking-word-event }. Correct the fact that it is about.
booking-other-kind = This fact cannot become one of another kind: { booking-word-event }. Undo it, and record the other.
