//! Which role may open which of these pages.

use energiehuis::domain::access::Role;

use super::Desk;
use crate::support::town::KORTRIJK;

const PATHS: [&str; 9] = [
    "/bank",
    "/bank/statements",
    "/bank/known",
    "/payment-orders",
    "/payments",
    "/contractors",
    "/funds",
    "/letters",
    "/jobs",
];

/// What each role gets, in the order of [`PATHS`]: 200 or 403.
const GOLDEN: [(Role, [u16; 9]); 6] = [
    (Role::Administrator, [403, 403, 403, 403, 403, 403, 403, 403, 200]),
    (Role::HousingDesk, [403, 403, 403, 403, 403, 403, 403, 403, 403]),
    (Role::LoanOfficer, [200, 200, 200, 200, 200, 200, 200, 200, 200]),
    (Role::CommitteeMember, [403, 403, 403, 403, 403, 403, 200, 403, 403]),
    (Role::Accountant, [200, 200, 200, 200, 200, 200, 200, 200, 200]),
    (Role::Manager, [200, 200, 200, 200, 200, 200, 200, 200, 200]),
];

#[tokio::test(flavor = "multi_thread")]
async fn each_role_opens_its_pages_and_no_other() {
    let desk = Desk::open().await;
    for (role, expected) in GOLDEN {
        let person = desk.person(role, (role == Role::HousingDesk).then_some(KORTRIJK)).await;
        for (path, status) in PATHS.into_iter().zip(expected) {
            assert_eq!(person.get(path).await.status.as_u16(), status, "{role} on {path}");
        }
    }
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_only_look_at_the_bank_can_neither_import_nor_pass_on() {
    let mut desk = Desk::open().await;
    let file = desk.street.purse.account.file("2022-02-07", Vec::new());
    let fund_id = desk.street.purse.fund.fund_id;
    for role in [Role::LoanOfficer, Role::Manager] {
        let person = desk.person(role, None).await;
        assert!(person.get("/bank").await.all("main form").is_empty(), "{role}");
        assert_eq!(person.upload(&[&file]).await.status.as_u16(), 403, "{role}");
        assert_eq!(person.post(&format!("/funds/{fund_id}/pass-on"), &[]).await.status.as_u16(), 403, "{role}");
        assert_eq!(person.get("/bank/imported").await.status.as_u16(), 403, "{role}");
    }
    desk.close().await;
}
