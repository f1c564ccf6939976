//! The colour of a status. Colour never stands alone: the words of the status are always beside it.

/// Good, needs attention, wrong, under way, or of no concern.
pub(super) fn of(code: &str) -> &'static str {
    match code {
        "approved" | "approve" | "paid" | "booked" | "imported" | "sent" | "done" | "eligible" | "met" | "repaying"
        | "credited" | "active" => "good",
        "submitted" | "received" | "made" | "half_released" | "ordered" | "queued" | "waiting" | "suspense"
        | "held" | "incomplete" | "missing" => "warn",
        "refused" | "refuse" | "failed" | "not_eligible" | "not_met" | "called_due" | "matured" | "overdue"
        | "returned" => "bad",
        "signed" | "drawing" | "running" | "open" | "exported" | "released" => "calm",
        _ => "quiet",
    }
}

/// A loan that waits for its day waits for nobody.
pub(super) fn of_loan(code: &str) -> &'static str {
    if code == "waiting" { "quiet" } else { of(code) }
}
