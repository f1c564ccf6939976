//! What waits, with what it may be about: proposals, what is learned of accounts, and grants of agencies.

use std::sync::atomic::Ordering;

use energiehuis::domain::identity::Iban;
use energiehuis::domain::loan::Payer;
use energiehuis::domain::matching::{Confidence, Grounds, PaidBy, Reason};
use energiehuis::domain::money::Money;
use energiehuis::formats::coda::EntryToWrite;
use energiehuis::services::bank::{
    Forgetting, NewAgency, Part, QueueLine, ShownAbout, add_agency, agencies, counterparties, decide,
    forget_counterparty, queue_page, remove_agency,
};
use energiehuis::services::{Actor, Error, House};
use serde_json::json;
use sqlx::ConnectOptions;
use sqlx::postgres::PgPoolOptions;
use tracing::log::LevelFilter;
use tracing_subscriber::layer::SubscriberExt;

use super::account::{Account, executed, paid, says};
use super::decide::{request, undone};
use super::many::Counter;
use super::story::{Story, euros};

/// The same movement, from another account and another name.
fn from(mut entry: EntryToWrite, bban: &str, name: &str) -> EntryToWrite {
    entry.line.counterparty_iban = Some(Iban::from_bban("BE", bban).unwrap());
    name.clone_into(&mut entry.line.counterparty_name);
    entry
}

async fn queue(house: &House, actor: &Actor) -> Result<Vec<QueueLine>, Error> {
    Ok(queue_page(house, actor, Part { limit: 500, ..Part::default() }).await?.lines)
}

async fn waiting(story: &Story) -> Vec<QueueLine> {
    queue(story.house(), &story.accountant).await.unwrap()
}

/// The best proposal of each line: the loan, the best reason, how sure.
fn best(lines: &[QueueLine]) -> Vec<Option<(String, Grounds, Confidence)>> {
    let first = |line: &QueueLine| {
        let one = line.proposals.first()?;
        let number = match &one.about {
            ShownAbout::Loan { number, .. } | ShownAbout::Payment { number, .. } | ShownAbout::Run { number } => {
                number.clone()
            }
            ShownAbout::Source { funder, .. } => funder.clone(),
            ShownAbout::Order { creditor, .. } | ShownAbout::ReturnedOrder { creditor, .. } => creditor.clone(),
        };
        Some((number, one.grounds[0], one.confidence))
    };
    lines.iter().map(first).collect()
}

#[tokio::test]
async fn every_line_that_waits_has_its_best_proposals_oldest_first() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    story.import(account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)])).await;
    let (family, order) = story.repaying(12, 1000).await;
    story.repaying(13, 1000).await;
    story.test.go_to("2022-06-02");
    story
        .import(
            account.file("2022-06-02", vec![from(paid(euros(100), family.loan.ogm), "111111111111", "NAAM VOORNAAM")]),
        )
        .await;
    story.test.go_to("2022-07-04");
    let lines = vec![
        from(says(euros(100), "juli"), "111111111111", "NAAM VOORNAAM"),
        from(says(euros(7), "lening L-2022-00013 dank u"), "222222222222", "IEMAND ANDERS"),
        from(says(euros(8), "?"), "333333333333", "VOORNAAM NAAM"),
        from(says(euros(9), "?"), "444444444444", "NIEMAND"),
        from(executed(euros(100), "X"), "111111111111", "NAAM VOORNAAM"),
        from(executed(euros(1000), ""), "000000000000", "DAKWERKEN"),
    ];
    let mut lines = lines;
    lines[5].line.counterparty_iban = Some(order.order.creditor_iban.clone());
    story.import(account.file("2022-07-04", lines)).await;
    let found = waiting(&story).await;
    let expected = [
        Some(("L-2022-00012", Grounds::AccountAndSum, Confidence::Likely)),
        Some(("L-2022-00013", Grounds::FileNumber, Confidence::Possible)),
        Some(("L-2022-00012", Grounds::Name, Confidence::Weak)),
        None,
        Some(("L-2022-00012", Grounds::Account, Confidence::Possible)),
        Some(("Dakwerken Voorbeeld", Grounds::OrderOfThatSum, Confidence::Likely)),
    ];
    let expected = expected.map(|one| one.map(|(number, grounds, sure)| (number.to_owned(), grounds, sure)));
    assert_eq!(best(&found), expected);
    assert!(found.windows(2).all(|pair| pair[0].line.booked_on <= pair[1].line.booked_on));

    // Of the town of these loans, and of another one.
    let own = |nis: &str| Actor { nis_code: Some(nis.to_owned()), ..story.accountant.clone() };
    let here = queue(story.house(), &own("34022")).await.unwrap();
    assert_eq!(here.len(), 1, "the one that the import took to be about a loan of the town");
    assert_eq!(queue(story.house(), &own("34013")).await.unwrap(), []);
    let elsewhere = json!({ "reason": "Test", "parts": [{ "kind": "loan", "loan": "L-2022-00012" }] });
    let line = found[0].line.bank_line_id;
    let refused = decide(story.house(), &own("34013"), request(line, &elsewhere)).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "a loan of another town does not exist: {refused:?}");
    assert!(matches!(queue(story.house(), &story.committee).await, Err(Error::Forbidden)));
    story.finish().await;
}

#[tokio::test]
async fn forty_lines_take_as_many_statements_of_sql_as_two() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    story.import(account.file("2022-01-03", vec![paid(euros(900_000), story.source.ogm)])).await;
    for serial in 1..=10 {
        story.repaying(serial, 1_000).await;
    }
    let options = (*story.test.pool.connect_options()).clone().log_statements(LevelFilter::Debug);
    let pool = PgPoolOptions::new().max_connections(1).connect_with(options).await.unwrap();
    let house = House { pool, ..story.house().clone() };
    let mut counts = Vec::new();
    for (on, count) in [("2022-06-02", 2_i64), ("2022-06-03", 38)] {
        story.test.go_to(on);
        let line = |serial: i64| says(euros(serial), &format!("L-2022-{:05} voornaam naam", serial % 10 + 1));
        story.import(account.file(on, (1..=count).map(line).collect())).await;
        let counter = Counter::default();
        // With one dispatcher alone, tracing asks whichever thread comes first whether a statement is worth logging.
        let _second = tracing::Dispatch::new(tracing_subscriber::registry());
        let _guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(counter.clone()));
        let found = queue(&house, &story.accountant).await.unwrap();
        counts.push((found.len(), counter.0.load(Ordering::Relaxed)));
    }
    house.pool.close().await;
    let [(2, few), (40, many)] = counts[..] else { panic!("{counts:?}") };
    assert!(few > 5, "the statements were counted: {few}");
    assert_eq!(many, few, "no statement per line");
    story.finish().await;
}

#[tokio::test]
async fn an_account_is_learned_from_a_decision_suggested_the_next_time_and_forgotten_by_a_person() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    story.import(account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)])).await;
    let (family, _) = story.repaying(12, 1000).await;
    let mut months = ["2022-06-02", "2022-07-04", "2022-08-02", "2022-09-02"].into_iter();
    let mut next = async || {
        let on = months.next().unwrap();
        story.test.go_to(on);
        story.import(account.file(on, vec![from(says(euros(100), "?"), "555555555555", "OCMW BUDGETBEHEER")])).await;
    };
    next().await;
    let first = waiting(&story).await.remove(0);
    assert_eq!(first.proposals, []);
    let parts = json!([{ "kind": "loan", "loan": family.loan.number, "paid_by": "budget_manager" }]);
    let decision = json!({ "reason": "OCMW betaalt", "parts": parts });
    let made = decide(story.house(), &story.accountant, request(first.line.bank_line_id, &decision)).await.unwrap();
    assert_eq!(story.state(&family).await.payments[0].payer, Payer::ThirdParty);

    next().await;
    let second = waiting(&story).await.remove(0);
    assert_eq!(second.line.reason, Reason::NoReference, "an account alone never books");
    let proposal = &second.proposals[0];
    assert_eq!((proposal.grounds.as_slice(), proposal.paid_by), (&[Grounds::AccountAndSum][..], PaidBy::BudgetManager));
    let known = counterparties(story.house(), &story.accountant).await.unwrap();
    assert_eq!((known.len(), known[0].loan.as_str(), known[0].kind.as_str()), (1, "L-2022-00012", "budget_manager"));

    // What was learned from a decision that was wrong was not learned.
    undone(&story, made.bank_decision_id.unwrap()).await;
    let found = waiting(&story).await;
    assert!(found.iter().all(|line| line.proposals.is_empty()), "{found:#?}");
    decide(story.house(), &story.accountant, request(second.line.bank_line_id, &decision)).await.unwrap();
    assert_eq!(waiting(&story).await[0].proposals.len(), 1, "the first one waits again, and is proposed");
    let iban = known[0].iban.clone();
    let forgetting = Forgetting { iban, loan: "l-2022-00012".to_owned(), reason: "Begeleiding stopt".to_owned() };
    let wrong = Forgetting { reason: " ".to_owned(), loan: "L-1999-00001".to_owned(), ..forgetting.clone() };
    let error = forget_counterparty(story.house(), &story.accountant, wrong).await.unwrap_err();
    assert!(matches!(error, Error::Invalid(problems) if problems.len() == 2));
    forget_counterparty(story.house(), &story.accountant, forgetting).await.unwrap();
    assert_eq!(counterparties(story.house(), &story.accountant).await.unwrap(), []);
    next().await;
    assert!(waiting(&story).await.iter().all(|line| line.proposals.is_empty()));
    story.finish().await;
}

#[tokio::test]
async fn what_a_granting_agency_pays_finds_its_loan_by_the_number_of_the_file() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    story.import(account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)])).await;
    let (family, _) = story.repaying(12, 1000).await;
    story.repaying(13, 1000).await;
    let iban = Iban::from_bban("BE", "666666666666").unwrap();
    let new = |iban: &str, name: &str| NewAgency { iban: iban.to_owned(), name: name.to_owned() };
    let bad = add_agency(story.house(), &story.accountant, new("BE00", " ")).await.unwrap_err();
    assert!(matches!(bad, Error::Invalid(problems) if problems.len() == 2));
    let own = add_agency(story.house(), &story.accountant, new(story.fund.iban.as_str(), "Wij")).await;
    assert!(matches!(own, Err(Error::Invalid(_))));
    let forbidden = add_agency(story.house(), &story.officer, new(iban.as_str(), "Fluvius")).await;
    assert!(matches!(forbidden, Err(Error::Forbidden)));
    add_agency(story.house(), &story.accountant, new(&iban.to_string(), "Fluvius")).await.unwrap();
    let twice = add_agency(story.house(), &story.accountant, new(iban.as_str(), "Fluvius")).await;
    assert!(matches!(twice, Err(Error::Invalid(_))));
    assert_eq!(agencies(story.house(), &story.accountant).await.unwrap().len(), 1);

    story.test.go_to("2022-06-02");
    // The files of this story have numbers of two digits.
    let lines = ["premie L-2022-00012", "premie L-2022-00012 en L-2022-00013", "premie zonder nummer"];
    let lines = lines.map(|text| from(says(euros(250), text), "666666666666", "FLUVIUS"));
    let report = story.import(account.file("2022-06-02", lines.to_vec())).await;
    let booked: Vec<_> = report.booked.iter().map(|sum| (sum.reason, sum.lines, sum.amount)).collect();
    assert_eq!(booked, [(Reason::GrantReference, 1, euros(250))]);
    let state = story.state(&family).await;
    assert_eq!((state.repaid, state.payments[0].payer), (euros(250), Payer::Grant));
    let waits = waiting(&story).await;
    assert_eq!((waits[0].proposals.len(), waits[1].proposals.len()), (2, 0), "two loans, or none: a person decides");
    assert!(waits[0].proposals.iter().all(|one| one.paid_by == PaidBy::Agency));

    remove_agency(story.house(), &story.accountant, iban.as_str()).await.unwrap();
    assert!(remove_agency(story.house(), &story.accountant, iban.as_str()).await.is_err());
    story.test.go_to("2022-06-03");
    let line = from(says(euros(10), "premie L-2022-00012"), "666666666666", "FLUVIUS");
    assert_eq!(story.import(account.file("2022-06-03", vec![line])).await.suspense[0].reason, Reason::LoanNumberInText);
    assert_eq!(story.balance("unmatched_receipts").await, Money::ZERO - euros(510));
    story.finish().await;
}

#[tokio::test]
async fn the_command_line_lists_previews_decides_and_takes_back() {
    let story = Story::new().await;
    let mut account = Account::of(&story.fund);
    story.import(account.file("2022-01-03", vec![paid(euros(50_000), story.source.ogm)])).await;
    story.repaying(12, 1000).await;
    story.test.go_to("2022-06-02");
    story.import(account.file("2022-06-02", vec![says(euros(100), "voor L-2022-00012")])).await;
    let program = story.test.program();
    let queue = program.json(&["bank", "queue", "--format", "json"]);
    let line = queue["lines"][0]["bank_line_id"].as_str().unwrap();
    let parts: Vec<_> = queue["lines"][0]["proposals"].as_array().unwrap().iter().map(|one| &one["part"]).collect();
    let part = "loan:L-2022-00012";
    assert!(parts.contains(&&json!(part)), "as `decide` takes it: {parts:?}");
    assert!(program.run(&["bank", "queue"]).out.contains("1 lines wait: 100.00 came in, 0.00 went out"));

    let wrong =
        program.run(&["bank", "decide", line, "--part", "loan:L-1999-00001=60", "--part", "gift", "--reason", "x"]);
    assert_eq!(wrong.status, 2);
    assert!(
        wrong.err.contains("parts[0].loan “L-1999-00001”") && wrong.err.contains("parts[1].kind “gift”"),
        "{}",
        wrong.err
    );
    let decide = ["bank", "decide", line, "--part", part, "--reason", "phone", "--format", "json"];
    let before = story.rows().await;
    let preview = program.run(&[decide.as_slice(), &["--preview"]].concat());
    assert_eq!((preview.status, story.rows().await), (0, before), "nothing is written");
    let decided = program.run(&[decide.as_slice(), &["--key", "k-1"]].concat());
    assert_eq!((decided.status, &decided.out), (0, &preview.out));
    assert_eq!(program.run(&[decide.as_slice(), &["--key", "k-1"]].concat()).out, decided.out);
    let again = program.run(&decide);
    assert_eq!(again.status, 2);
    assert!(again.err.contains("This line was assigned already."), "{}", again.err);

    let found = energiehuis::services::bank::decisions(story.house(), &story.accountant, (None, 9)).await.unwrap();
    let id = found[0].bank_decision_id.to_string();
    let undone = program.run(&["bank", "undo", &id, "--reason", "wrong family"]);
    assert_eq!(undone.status, 0);
    assert!(
        undone.out.contains("undone; the line waits again") && undone.out.contains("payment_reversed"),
        "{}",
        undone.out
    );
    assert_eq!(program.run(&["bank", "undo", &id, "--reason", "again"]).status, 2);
    let iban = ["--iban", "BE68 5390 0754 7034"];
    assert_eq!(program.run(&[["bank", "agency", "add", "--name", "Fluvius"].as_slice(), &iban].concat()).status, 0);
    let listed = program.json(&["bank", "agency", "list", "--format", "json"]);
    assert_eq!(listed["agencies"][0]["name"], "Fluvius");
    assert_eq!(program.run(&[["bank", "agency", "remove"].as_slice(), &iban].concat()).status, 0);
    story.finish().await;
}
