//! Every reason has its sentence in Dutch and in English.

use energiehuis::domain::matching::Reason;
use energiehuis::i18n::{Lang, tell};

#[test]
fn every_reason_is_explained_in_both_languages() {
    for reason in Reason::ALL {
        let text = reason.text();
        let (dutch, english) = (tell(Lang::Nl, &text), tell(Lang::En, &text));
        assert_ne!(dutch, text.key);
        assert_ne!(dutch, english, "{reason}");
        assert!(dutch.ends_with(['.', '?']) && english.ends_with(['.', '?']), "{dutch} {english}");
    }
}
