use chrono::NaiveDate;
use proptest::prelude::*;
use uuid::Uuid;

use super::super::calendar::{add_days, is_target_closing_day};
use super::super::identity::{CreditorId, EnterpriseNumber, Iban};
use super::super::money::Money;
use super::*;

const TERMS: Terms =
    Terms { notice_days: 14, lead_days: 2, horizon_days: 21, run_ahead_days: 7, idle_months: 36, refund_days: 56 };

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_default()
}

fn iban(bban: &str) -> Iban {
    match Iban::from_bban("BE", bban) {
        Ok(iban) => iban,
        Err(error) => panic!("{error}"),
    }
}

fn reference(text: &str) -> MandateReference {
    match MandateReference::parse(text) {
        Ok(reference) => reference,
        Err(error) => panic!("{error}"),
    }
}

fn creditor(number: &str) -> CreditorId {
    match EnterpriseNumber::parse(number) {
        Ok(number) => CreditorId::of(number),
        Err(error) => panic!("{error}"),
    }
}

fn mandate(signed_on: &str) -> Mandate {
    Mandate {
        reference: reference("ML202200012"),
        kind: MandateKind::Recurrent,
        signed_on: day(signed_on),
        debtor_name: "Lotte Voorbeeld".to_owned(),
        debtor_iban: iban("539007547034"),
        debtor_bic: None,
        creditor: creditor("0566.988.259"),
        last_collected_on: None,
        state: MandateState::Active,
    }
}

#[test]
fn a_reference_is_letters_and_digits_and_at_most_35_of_them() {
    assert_eq!(reference(" ml 2022 00012 ").as_str(), "ML202200012");
    assert!(MandateReference::parse(&"A".repeat(35)).is_ok());
    for wrong in ["", "L-2022-00012", "MANDAAT/1", "é", &"A".repeat(36)] {
        assert_eq!(MandateReference::parse(wrong), Err(InvalidReference(wrong.to_owned())));
    }
}

#[test]
fn a_mandate_ends_36_months_after_its_last_collection_or_its_signature() {
    let fresh = mandate("2022-02-28");
    assert_eq!(fresh.standing(day("2022-02-27"), &TERMS), Standing::NotSignedYet);
    assert_eq!(fresh.standing(day("2022-02-28"), &TERMS), Standing::Good);
    assert_eq!(fresh.standing(day("2025-02-27"), &TERMS), Standing::Good);
    assert_eq!(fresh.standing(day("2025-02-28"), &TERMS), Standing::Expired);
    let collected = fresh.clone().collected(day("2024-02-29"));
    assert_eq!(collected.as_ref().map(|mandate| mandate.expires_on(&TERMS)), Ok(day("2027-02-28")));
    assert_eq!(fresh.clone().expire(day("2025-02-27"), &TERMS), Err(NotAllowed::StillHolds));
    let ended = fresh.expire(day("2025-06-01"), &TERMS);
    assert_eq!(
        ended.as_ref().map(|mandate| mandate.state.clone()),
        Ok(MandateState::Expired { on: day("2025-02-28") })
    );
    let again = ended.and_then(|mandate| mandate.collected(day("2025-06-02")));
    assert_eq!(again, Err(NotAllowed::Ended("expired")));
}

#[test]
fn a_mandate_for_one_collection_is_used_up_by_it() {
    let once = Mandate { kind: MandateKind::OneOff, ..mandate("2022-01-03") };
    assert_eq!(once.kind.sequence_type().code(), "OOFF");
    let used = once.collected(day("2022-05-02"));
    let state = used.as_ref().map(|mandate| mandate.state.clone());
    assert_eq!(state, Ok(MandateState::Stopped { on: day("2022-05-02"), because: StopCause::Used }));
    assert_eq!(used.and_then(|mandate| mandate.collected(day("2022-06-01"))), Err(NotAllowed::Ended("stopped")));
    assert_eq!(MandateKind::Recurrent.sequence_type().code(), "RCUR", "from the first collection on");
}

#[test]
fn a_new_account_wakes_a_mandate_that_only_its_account_had_stopped() {
    let new = Change::Account(iban("731123456723"), None, true);
    for (reason, wakes) in [("AC04", true), ("AC06", true), ("MD01", false), ("MD07", false)] {
        let because = StopCause::Returned { reason: Some(reason.to_owned()) };
        let stopped = mandate("2022-01-03").stop(day("2022-05-04"), because);
        let amended = stopped.and_then(|mandate| mandate.amend(new.clone()));
        assert_eq!(amended.is_ok(), wakes, "{reason}");
    }
    let same = mandate("2022-01-03").amend(Change::Account(iban("539007547034"), None, false));
    assert_eq!(same, Err(NotAllowed::Same));
    assert!(is_other_bank(&iban("539007547034"), &iban("731123456723")));
}

#[test]
fn the_bank_hears_all_changes_at_once_and_from_what_it_knew() {
    let first = mandate("2022-01-03").amend(Change::Account(iban("539007540061"), None, false));
    let Ok((second, one)) = first else { panic!("{first:?}") };
    let Ok((third, two)) = second.amend(Change::Reference(reference("ML2"))) else { panic!("no reference") };
    let Ok((last, three)) = third.amend(Change::Reference(reference("ML3"))) else { panic!("no reference") };
    let Ok((_, four)) = last.amend(Change::Creditor(creditor("0207.494.678"))) else { panic!("no creditor") };
    let told = Notice::of(&[one, two, three, four]);
    assert_eq!(told.original_iban, Some(iban("539007547034")));
    assert_eq!(told.original_reference, Some(reference("ML202200012")), "not the one between");
    assert_eq!(told.original_creditor, Some(creditor("0566.988.259")));
    let moved = Amendment::Account { was: iban("539007547034"), becomes: iban("731123456723"), other_bank: true };
    let told = Notice::of(&[moved]);
    assert!(told.other_bank && told.original_iban.is_none(), "another bank must not read the account before");
    assert!(Notice::of(&[]).is_empty());
}

#[test]
fn a_collection_day_is_a_target_day_and_never_before_the_claim_is_due() {
    // 1 May 2022 is a Sunday; the claim is announced in time.
    assert_eq!(collection_day(day("2022-05-01"), day("2022-04-11"), &TERMS), day("2022-05-02"));
    // Announced late: fourteen days after the notice.
    assert_eq!(collection_day(day("2022-05-01"), day("2022-04-25"), &TERMS), day("2022-05-09"));
    // Good Friday to Easter Monday: TARGET is closed for four days.
    assert_eq!(collection_day(day("2022-04-15"), day("2022-03-28"), &TERMS), day("2022-04-19"));
    // 21 July is a Belgian holiday on which TARGET is open.
    assert_eq!(collection_day(day("2022-07-21"), day("2022-07-01"), &TERMS), day("2022-07-21"));
    assert_eq!(send_by(day("2022-04-19"), &TERMS), day("2022-04-13"));
    assert_eq!(last_of_run(day("2022-04-13"), &TERMS), day("2022-04-26"));
}

#[test]
fn a_second_try_comes_with_the_next_instalment_or_a_month_later() {
    let returned = day("2022-05-05");
    let with_the_next = retry_day((day("2022-05-02"), Some(day("2022-06-01"))), returned, &TERMS);
    assert_eq!(with_the_next, day("2022-06-01"));
    assert_eq!(retry_day((day("2022-05-02"), None), returned, &TERMS), day("2022-06-02"));
    let late = retry_day((day("2022-05-02"), Some(day("2022-06-01"))), day("2022-05-25"), &TERMS);
    assert_eq!(late, day("2022-06-08"), "fourteen days after the notice");
}

#[test]
fn every_reason_asks_what_the_table_says() {
    use Action as A;
    let table: &[(&str, A, bool)] = &[
        ("AC01", A::AskAccount, true),
        ("AC04", A::AskAccount, true),
        ("AC06", A::Contact, true),
        ("AC13", A::Technical, false),
        ("AG01", A::AskAccount, true),
        ("AG02", A::Technical, false),
        ("AM04", A::Retry, false),
        ("AM05", A::CheckDuplicate, false),
        ("BE05", A::Technical, false),
        ("CNOR", A::Technical, false),
        ("DNOR", A::Technical, false),
        ("FF01", A::Technical, false),
        ("FF05", A::Technical, false),
        ("FOCR", A::Contact, false),
        ("MD01", A::StopMandate, true),
        ("MD02", A::Technical, false),
        ("MD06", A::Contact, false),
        ("MD07", A::Estate, true),
        ("MS02", A::Contact, false),
        ("MS03", A::Retry, false),
        ("RC01", A::Technical, false),
        ("RR01", A::CompleteData, false),
        ("RR02", A::CompleteData, false),
        ("RR03", A::CompleteData, false),
        ("RR04", A::Contact, false),
        ("SL01", A::AllowList, false),
        ("ZZ99", A::Contact, false),
        ("", A::Contact, false),
    ];
    for (reason, action, stops_mandate) in table {
        let asked = asks((ReturnKind::Return, Some(reason), None), false);
        assert_eq!(asked, Asked { action: *action, stops_mandate: *stops_mandate }, "{reason}");
    }
    let by_digit = |reported| asks((ReturnKind::Reject, None, Some(reported)), false).action;
    assert_eq!(by_digit(Reported::Technical), A::Technical);
    assert_eq!(by_digit(Reported::Account), A::AskAccount);
    assert_eq!(by_digit(Reported::Disagrees), A::Contact);
    assert_eq!(by_digit(Reported::NotSpecified), A::Contact);
}

#[test]
fn nothing_is_tried_a_third_time_and_what_a_debtor_took_back_not_once_more() {
    assert_eq!(asks((ReturnKind::Return, Some("AM04"), None), true).action, Action::Contact);
    for kind in [ReturnKind::Refund, ReturnKind::Reversal, ReturnKind::Cancellation] {
        assert_eq!(asks((kind, Some("AM04"), None), false).action, Action::Contact, "{kind}");
    }
    assert_eq!(asks((ReturnKind::Reject, Some("MS03"), None), false).action, Action::Retry);
}

#[test]
fn an_attempt_goes_one_way() {
    let payment = Uuid::from_u128(1);
    let made = CollectionState::Made;
    let sent = made.export(day("2022-04-27"));
    assert_eq!(sent, Ok(CollectionState::Exported { on: day("2022-04-27") }));
    let credited = sent.and_then(|sent| sent.credit(day("2022-05-02"), payment));
    assert_eq!(credited.map(|state| state.provisional_until(56)), Ok(Some(day("2022-06-27"))));
    let back = credited.and_then(|credited| credited.give_back(day("2022-06-20")));
    let expected = CollectionState::Returned {
        exported_on: day("2022-04-27"),
        credited: Some((day("2022-05-02"), payment)),
        on: day("2022-06-20"),
    };
    assert_eq!(back, Ok(expected));
    assert_eq!(made.credit(day("2022-05-02"), payment), Err(InvalidStep { from: "made", to: "credited" }));
    assert_eq!(made.give_back(day("2022-05-02")), Err(InvalidStep { from: "made", to: "returned" }));
    assert_eq!(
        sent.and_then(|sent| sent.export(day("2022-05-02"))),
        Err(InvalidStep { from: "exported", to: "exported" })
    );
    assert!(back.and_then(|back| back.give_back(day("2022-06-21"))).is_err(), "it comes back once");
    let dropped = made.let_go(day("2022-04-27"), Dropped::NothingDue);
    assert!(dropped.is_ok_and(|dropped| dropped.export(day("2022-04-28")).is_err()));
    assert!(credited.and_then(|credited| credited.let_go(day("2022-05-03"), Dropped::NothingDue)).is_err());
}

fn announced(mandate: &Mandate) -> Announced {
    Announced {
        amount: Money::from_euros(150),
        collect_on: day("2022-05-02"),
        reference: mandate.reference.clone(),
        creditor: mandate.creditor.clone(),
        notified_on: day("2022-04-11"),
    }
}

fn facts<'a>(mandate: &'a Mandate, told: &'a Announced) -> Facts<'a> {
    Facts {
        mandate,
        creditor: &mandate.creditor,
        amount: Money::from_euros(150),
        collect_on: day("2022-05-02"),
        open: Money::from_euros(150),
        may_collect: true,
        own_account: false,
        announced: Some(told),
    }
}

#[test]
fn a_collection_leaves_only_as_it_was_announced_and_in_time() {
    let mandate = mandate("2022-02-07");
    let told = announced(&mandate);
    let good = facts(&mandate, &told);
    let judge = |facts: &Facts<'_>, today: &str| may_leave(facts, day(today), &TERMS);
    assert_eq!(judge(&good, "2022-04-27"), Ok(()));
    assert_eq!(judge(&good, "2022-04-28"), Ok(()), "Thursday, two TARGET days before Monday");
    assert_eq!(judge(&good, "2022-04-29"), Err(Block::TooLate));
    assert_eq!(judge(&Facts { announced: None, ..good.clone() }, "2022-04-27"), Err(Block::NotNotified));
    assert_eq!(judge(&Facts { open: Money::from_euros(149), ..good.clone() }, "2022-04-27"), Err(Block::AmountChanged));
    assert_eq!(judge(&Facts { may_collect: false, ..good.clone() }, "2022-04-27"), Err(Block::MayNotCollect));
    assert_eq!(judge(&Facts { own_account: true, ..good.clone() }, "2022-04-27"), Err(Block::OwnAccount));
    let others: [fn(&mut Announced); 4] = [
        |told| told.amount = Money::from_euros(151),
        |told| told.collect_on = day("2022-05-03"),
        |told| told.reference = reference("ANOTHER"),
        |told| told.creditor = creditor("0207.494.678"),
    ];
    for change in others {
        let mut told = told.clone();
        change(&mut told);
        assert_eq!(judge(&Facts { announced: Some(&told), ..good.clone() }, "2022-04-27"), Err(Block::NotNotified));
    }
    let late = Announced { notified_on: day("2022-04-19"), ..told.clone() };
    let late = Facts { announced: Some(&late), ..good.clone() };
    assert_eq!(judge(&late, "2022-04-27"), Err(Block::NoticeTooShort));
    let old = Mandate { signed_on: day("2019-05-02"), ..mandate.clone() };
    assert_eq!(judge(&Facts { mandate: &old, ..good.clone() }, "2022-04-27"), Err(Block::MandateExpired));
    let stopped = mandate.clone().stop(day("2022-04-20"), StopCause::Person { reason: "asked".to_owned() });
    let Ok(stopped) = stopped else { panic!("{stopped:?}") };
    assert_eq!(judge(&Facts { mandate: &stopped, ..good }, "2022-04-27"), Err(Block::MandateStopped));
}

#[test]
fn what_the_bank_did_to_a_collection_is_taken_back_step_by_step() {
    let sent = CollectionState::Exported { on: day("2022-04-27") };
    let payment_id = Uuid::from_u128(1);
    let Ok(credited) = sent.credit(day("2022-05-02"), payment_id) else { panic!("it was sent") };
    let Ok(returned) = credited.give_back(day("2022-05-05")) else { panic!("it was credited") };
    let Ok(rejected) = sent.give_back(day("2022-05-02")) else { panic!("it was sent") };
    assert_eq!(returned.take_back_return(), Ok(credited));
    assert_eq!(rejected.take_back_return(), Ok(sent));
    assert_eq!(credited.take_back_credit(), Ok(sent));
    assert!(returned.take_back_credit().is_err(), "what came back must be taken back first");
    assert!(credited.take_back_return().is_err() && sent.take_back_credit().is_err());
}

#[test]
fn a_mandate_holds_again_when_the_only_return_that_stopped_it_is_taken_back() {
    let on = day("2022-05-20");
    let stopped = |because| match mandate("2022-02-07").stop(on, because) {
        Ok(mandate) => mandate,
        Err(error) => panic!("{error}"),
    };
    let by_return = stopped(StopCause::Returned { reason: Some("MD01".to_owned()) });
    let resumed = Some((Some(mandate("2022-02-07")), Remark::MandateResumed));
    assert_eq!(after_return_undone(&by_return, false, false), resumed);
    let stays = |others, other| after_return_undone(&by_return, others, other);
    assert_eq!(stays(true, true), Some((None, Remark::MandateStaysForAnotherReturn)));
    assert_eq!(stays(false, true), Some((None, Remark::MandateStaysForAnotherMandate)));
    let by_person = stopped(StopCause::Person { reason: "asked".to_owned() });
    assert_eq!(after_return_undone(&by_person, false, false), None, "what a person stopped stays stopped");
    assert_eq!(after_return_undone(&mandate("2022-02-07"), false, false), None);
    assert_eq!(by_person.resume(), Err(NotAllowed::Ended("stopped")));
}

#[test]
fn every_code_reads_back() {
    for block in Block::ALL {
        assert_eq!(Block::of_code(block.code()), Some(block));
    }
    for because in Dropped::ALL {
        assert_eq!(Dropped::of_code(because.code()), Some(because));
    }
    for action in Action::ALL {
        assert_eq!(Action::of_code(action.code()), Some(action));
    }
    for kind in ReturnKind::ALL {
        assert_eq!(ReturnKind::of_code(kind.code()), Some(kind));
    }
    assert_eq!((ReturnKind::of_code("r"), Reported::of_code("paid")), (None, None));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// Whatever the day: TARGET is open, the claim is due, the borrower had the notice, and the file can still leave.
    #[test]
    fn a_collection_day_keeps_every_term(
        due in 0_u32..20_000, today in 0_u32..20_000, notice in 1_u32..30, lead in 0_u32..6,
    ) {
        let terms = Terms { notice_days: notice, lead_days: lead, ..TERMS };
        let (due_on, today) = (add_days(day("2010-01-01"), due), add_days(day("2010-01-01"), today));
        let collect_on = collection_day(due_on, today, &terms);
        prop_assert!(!is_target_closing_day(collect_on));
        prop_assert!(collect_on >= due_on);
        prop_assert!(collect_on >= add_days(today, notice));
        prop_assert!(send_by(collect_on, &terms) >= today);
        let at_most = add_days(due_on.max(add_days(today, notice.max(2 * lead + 6))), 5);
        prop_assert!(collect_on <= at_most, "{collect_on} for {due_on} on {today}");
    }

    /// No text of a bank makes the house do two things at once, try what was tried, or forget a stop.
    #[test]
    fn any_reason_has_one_answer(reason in "[A-Z]{2}[0-9]{2}|[A-Z]{0,4}|.{0,6}", kind in 0_usize..5, tried: bool) {
        let kind = ReturnKind::ALL[kind];
        let asked = asks((kind, Some(&reason), None), tried);
        prop_assert!(asked.action != Action::Retry || (!tried && !asked.stops_mandate));
        if matches!(asked.action, Action::StopMandate | Action::Estate) {
            prop_assert!(asked.stops_mandate);
        }
    }

    /// However often a mandate is collected under, in order, it holds less than 36 months after the last.
    #[test]
    fn a_mandate_in_use_never_ends_by_itself(gaps in prop::collection::vec(1_u32..1_000, 1..12)) {
        let mut mandate = mandate("2020-01-15");
        let mut on = mandate.signed_on;
        for gap in gaps {
            on = add_days(on, gap);
            prop_assert_eq!(mandate.standing(on, &TERMS), Standing::Good);
            mandate = match mandate.collected(on) {
                Ok(mandate) => mandate,
                Err(error) => return Err(TestCaseError::fail(error.to_string())),
            };
        }
        prop_assert_eq!(mandate.standing(add_days(on, 1_097), &TERMS), Standing::Expired);
    }
}
