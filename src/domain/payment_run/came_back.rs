//! Why the bank of a beneficiary sends a transfer back (ISO 20022, external code set `ExternalReturnReason1Code`), as far
//! as it matters here: whether the account is to blame, so that the same transfer would come back again.

/// The reasons that blame the account or whose it is.
const BLAMING: [&str; 17] = [
    "AC01", // the number is wrong
    "AC03", // the number of the creditor is wrong
    "AC04", // closed
    "AC06", // blocked
    "AC07", // the account of the creditor is closed
    "AC13", // of the wrong kind
    "AG01", // no transfers go there
    "BE01", // not the account of who was named
    "BE04", // the address of the creditor is missing
    "BE05", // who was named is not known there
    "BE06", // the customer is not known there
    "CNOR", // the bank of the creditor is not known
    "MD07", // whose account it is has died
    "RC01", // the bank is wrong
    "RR01", // the account or the identification is missing, by rule
    "RR03", // the name or the address of the creditor is missing, by rule
    "RR04", // another rule
];

/// Whether a reason says that the account is wrong: then the order stays behind until the account was changed or a
/// person has said that it is right. An unknown reason, or none, blames nothing: somebody looks at it anyhow.
pub fn blames_account(reason: Option<&str>) -> bool {
    reason.is_some_and(|code| BLAMING.contains(&code.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_closed_or_blocked_account_is_to_blame_and_a_recall_is_not() {
        for code in ["AC01", "AC04", "AC06", "MD07", "BE05", "RR04"] {
            assert!(blames_account(Some(code)), "{code}");
        }
        for code in ["AM09", "FOCR", "MS02", "MS03", "CUST", "DUPL", "TECH", "ac04", ""] {
            assert!(!blames_account(Some(code)), "{code}");
        }
        assert!(!blames_account(None));
    }
}
