//! Ten thousand collections in one file.

use serde_json::json;

use super::till::{Till, assert_valid, texts};

/// Copies the only loan with its facts, its mandate and its announced collection so many times.
const COPIES: &str = "
    CREATE TEMPORARY TABLE copies AS
        SELECT n, gen_random_uuid() AS loan_id, gen_random_uuid() AS application_id, gen_random_uuid() AS mandate_id,
               gen_random_uuid() AS collection_id, 1000000 + n AS serial
        FROM generate_series(2, 10000) AS n;
    INSERT INTO applications SELECT (jsonb_populate_record(a, jsonb_build_object('application_id', c.application_id,
        'number', 'A-2022-' || c.serial, 'idempotency_key', NULL))).* FROM applications a, copies c;
    INSERT INTO loans SELECT (jsonb_populate_record(l, jsonb_build_object('loan_id', c.loan_id, 'serial', c.serial,
        'number', 'L-2022-' || c.serial, 'application_id', c.application_id,
        'ogm', lpad(c.serial::text, 10, '0') || lpad((CASE c.serial % 97 WHEN 0 THEN 97 ELSE c.serial % 97 END)::text, 2, '0')))).*
        FROM loans l, copies c;
    INSERT INTO loan_facts SELECT (jsonb_populate_record(f, jsonb_build_object('fact_id', gen_random_uuid(),
        'loan_id', c.loan_id, 'idempotency_key', f.idempotency_key || '/' || c.n, 'entry_id', NULL))).*
        FROM loan_facts f, copies c;
    INSERT INTO mandates SELECT (jsonb_populate_record(m, jsonb_build_object('mandate_id', c.mandate_id,
        'loan_id', c.loan_id, 'reference', 'M' || c.serial))).* FROM mandates m, copies c;
    INSERT INTO collections SELECT (jsonb_populate_record(k, jsonb_build_object('collection_id', c.collection_id,
        'loan_id', c.loan_id, 'mandate_id', c.mandate_id, 'end_to_end_id', 'EC' || c.serial))).* FROM collections k, copies c;
    INSERT INTO collection_notices SELECT (jsonb_populate_record(t, jsonb_build_object('collection_id', c.collection_id,
        'mandate_reference', 'M' || c.serial))).* FROM collection_notices t, copies c;
";

#[tokio::test]
async fn ten_thousand_collections_leave_in_one_file() {
    let mut till = Till::new().await;
    till.family(None).await;
    till.night("2022-04-11").await;
    till.street.town.execute(COPIES).await;
    till.go_to("2022-04-27");
    let made = till.make().await;
    assert_eq!(
        (&made["run"]["lines"], &made["run"]["total"]),
        (&json!(10_000), &json!("1500000.00")),
        "{}",
        made["blocked"][0]
    );
    let file = till.leave(&made).await;
    assert_valid(&file);
    assert_eq!(texts(&file, "NbOfTxs"), ["10000", "10000"]);
    assert_eq!(till.count("collections WHERE state = 'exported'").await, 10_000);
    till.finish().await;
}
