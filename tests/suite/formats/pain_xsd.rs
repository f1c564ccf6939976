//! Whatever names, words and amounts go in: the file is valid by the schema of ISO 20022, and what went in comes out.

use energiehuis::domain::identity::{CreditorId, EnterpriseNumber, Ogm};
use energiehuis::domain::money::Money;
use energiehuis::formats::pain::{
    self, Amendment, Built, Collection, Mandate, OriginalAccount, OriginalCreditor, Remittance, Scheme, Sequence,
    Transfer, transliterate,
};
use proptest::prelude::*;

use super::payment_files::{
    COLLECTIONS_XSD, TRANSFERS_XSD, against, all, collection, day, head, iban, texts, transfer,
};

/// Names as people and firms have them, and what nobody has.
fn words(most: usize) -> impl Strategy<Value = String> {
    let signs: Vec<char> = "ABCXYZabcxyz0189 '.,-/+&éèüçÉłŁœßØđ€“”–_;<>[]@#*🏠ΓИ\u{301}".chars().collect();
    prop::collection::vec(prop::sample::select(signs), 0..=most).prop_map(|signs| signs.into_iter().collect())
}

fn remittance() -> impl Strategy<Value = Remittance> {
    prop_oneof![
        (0_u64..10_000_000_000).prop_map(|base| Remittance::Structured(Ogm::from_base(base).unwrap())),
        words(150).prop_map(Remittance::Free),
    ]
}

fn amount() -> impl Strategy<Value = Money> {
    prop_oneof![8 => 1_i64..5_000_000, 1 => Just(99_999_999_999), 1 => -1_i64..1, 1 => Just(100_000_000_000)]
        .prop_map(Money::from_cents)
}

fn account() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => (2_u64..500).prop_map(|serial| iban(serial).to_string()),
        1 => Just("NL91 ABNA 0417 1643 00".to_owned()),
        1 => Just("BE68 5390 0754 7035".to_owned()),
        1 => Just("GB82 WEST 1234 5698 7654 32".to_owned()),
    ]
}

fn transfers() -> impl Strategy<Value = Vec<Transfer>> {
    let one = (0_u64..2, 0_u64..3, amount(), words(75), account(), remittance());
    prop::collection::vec(one, 1..20).prop_map(|lines| {
        let line = |(number, (own, later, amount, creditor_name, creditor_iban, remittance))| Transfer {
            account: iban(own),
            execute_on: day("2026-11-25") + chrono::Days::new(later),
            amount,
            creditor_name,
            creditor_iban,
            remittance,
            ..transfer(&format!("EH{number}"))
        };
        lines.into_iter().enumerate().map(line).collect()
    })
}

fn amendment() -> impl Strategy<Value = Amendment> {
    let account = prop_oneof![
        Just(None),
        Just(Some(OriginalAccount::NotTold)),
        (600_u64..700).prop_map(|serial| Some(OriginalAccount::Iban(iban(serial)))),
    ];
    let other = CreditorId::of(EnterpriseNumber::parse("0456.810.810").unwrap());
    let creditor = (prop::option::of(words(75)), prop::option::of(Just(other)))
        .prop_map(|(name, id)| OriginalCreditor { name, id });
    (prop::option::of("[A-Z0-9]{1,35}"), account, prop::option::of(creditor))
        .prop_map(|(mandate_id, account, creditor)| Amendment { mandate_id, account, creditor })
}

fn collections() -> impl Strategy<Value = Vec<Collection>> {
    let mandate = ("[A-Z0-9/-]{1,35}", 0_u64..900, prop::option::of(amendment()));
    let sequence = prop::sample::select(vec![Sequence::First, Sequence::Recurrent, Sequence::Last, Sequence::OneOff]);
    let scheme = prop::sample::select(vec![Scheme::Core, Scheme::BusinessToBusiness]);
    let one = ((scheme, sequence, 0_u64..2), (amount(), words(75), account(), remittance()), prop::option::of(mandate));
    prop::collection::vec(one, 1..20).prop_map(|lines| {
        let line = |(number, ((scheme, sequence, own), (amount, debtor_name, debtor_iban, remittance), mandate))| {
            let mandate: Option<(String, u64, Option<Amendment>)> = mandate;
            Collection {
                account: iban(own),
                scheme,
                sequence,
                amount,
                debtor_name,
                debtor_iban,
                mandate: mandate.map(|(mandate_id, ago, amendment)| Mandate {
                    mandate_id,
                    signed_on: day("2026-11-30") - chrono::Days::new(ago),
                    amendment,
                }),
                remittance,
                ..collection(&format!("EH{number}"))
            }
        };
        lines.into_iter().enumerate().map(line).collect()
    })
}

/// What a reader of the file finds for a remittance.
fn as_read(remittance: &Remittance) -> String {
    match remittance {
        Remittance::Structured(ogm) => ogm.canonical(),
        Remittance::Free(words) => transliterate(words).text,
    }
}

/// Every line is in the file or blocked, never both; the batches say what is in it, with their sums.
fn accounted(built: &Built, amounts: &[Money]) -> Vec<usize> {
    let batches = built.file.iter().flat_map(|file| &file.batches);
    let mut written = Vec::new();
    for batch in batches {
        assert_eq!(batch.sum, batch.lines.iter().map(|at| amounts[*at]).sum());
        written.extend(&batch.lines);
    }
    let mut every: Vec<usize> = written.iter().copied().chain(built.blocked.iter().map(|line| line.position)).collect();
    every.sort_unstable();
    assert_eq!(every, (0..amounts.len()).collect::<Vec<_>>());
    assert!(built.blocked.iter().all(|line| !line.problems.is_empty()));
    written
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_file_of_transfers_is_valid_and_reads_back_as_what_went_in(lines in transfers()) {
        let built = pain::transfers(&head(), &lines).unwrap();
        let written = accounted(&built, &lines.iter().map(|line| line.amount).collect::<Vec<_>>());
        let Some(file) = &built.file else { return Ok(()) };
        prop_assert_eq!(against(TRANSFERS_XSD, &file.bytes), None);
        let texts = texts(&file.bytes);
        let of = |value: &dyn Fn(&Transfer) -> String| written.iter().map(|at| value(&lines[*at])).collect::<Vec<_>>();
        prop_assert_eq!(all(&texts, "CdtTrfTxInf/PmtId/EndToEndId"), of(&|line| line.end_to_end_id.clone()));
        prop_assert_eq!(all(&texts, "CdtTrfTxInf/Amt/InstdAmt"), of(&|line| line.amount.to_string()));
        prop_assert_eq!(all(&texts, "CdtTrfTxInf/Cdtr/Nm"), of(&|line| transliterate(&line.creditor_name).text));
        prop_assert_eq!(all(&texts, "CdtrAcct/Id/IBAN"), of(&|line| line.creditor_iban.replace(' ', "")));
        let remitted: Vec<String> = texts.iter()
            .filter(|(path, _)| path.ends_with("RmtInf/Ustrd") || path.ends_with("CdtrRefInf/Ref"))
            .map(|(_, text)| text.clone()).collect();
        prop_assert_eq!(remitted, of(&|line| as_read(&line.remittance)));
        prop_assert_eq!(all(&texts, "GrpHdr/NbOfTxs"), [written.len().to_string()]);
        prop_assert_eq!(all(&texts, "GrpHdr/CtrlSum"), [file.sum().to_string()]);
        prop_assert_eq!(pain::transfers(&head(), &lines).unwrap(), built, "the same input gives the same bytes");
    }

    #[test]
    fn every_file_of_collections_is_valid_and_reads_back_as_what_went_in(lines in collections()) {
        let creditor = CreditorId::of(head().enterprise_number);
        let built = pain::collections(&head(), &creditor, &lines).unwrap();
        let written = accounted(&built, &lines.iter().map(|line| line.amount).collect::<Vec<_>>());
        let Some(file) = &built.file else { return Ok(()) };
        prop_assert_eq!(against(COLLECTIONS_XSD, &file.bytes), None);
        let texts = texts(&file.bytes);
        let of = |value: &dyn Fn(&Collection) -> String| written.iter().map(|at| value(&lines[*at])).collect::<Vec<_>>();
        let mandate = |line: &Collection| line.mandate.clone().unwrap();
        prop_assert_eq!(all(&texts, "DrctDbtTxInf/PmtId/EndToEndId"), of(&|line| line.end_to_end_id.clone()));
        prop_assert_eq!(all(&texts, "DrctDbtTxInf/InstdAmt"), of(&|line| line.amount.to_string()));
        prop_assert_eq!(all(&texts, "MndtRltdInf/MndtId"), of(&|line| mandate(line).mandate_id));
        prop_assert_eq!(all(&texts, "MndtRltdInf/DtOfSgntr"), of(&|line| mandate(line).signed_on.to_string()));
        prop_assert_eq!(all(&texts, "AmdmntInd"), of(&|line| mandate(line).amendment.is_some().to_string()));
        let kept = written.iter().filter_map(|at| mandate(&lines[*at]).amendment?.mandate_id).collect::<Vec<_>>();
        prop_assert_eq!(all(&texts, "OrgnlMndtId"), kept);
        let moved = |at: &&usize| mandate(&lines[**at]).amendment.is_some_and(|amendment| amendment.account == Some(OriginalAccount::NotTold));
        prop_assert_eq!(all(&texts, "OrgnlDbtrAcct/Id/Othr/Id").len(), written.iter().filter(moved).count());
        prop_assert_eq!(all(&texts, "GrpHdr/CtrlSum"), [file.sum().to_string()]);
        // One block per scheme, sequence type and account; every line in its own.
        let blocks = written.iter().map(|at| (lines[*at].scheme, lines[*at].sequence, &lines[*at].account));
        let mut blocks: Vec<_> = blocks.collect();
        blocks.dedup();
        prop_assert_eq!(all(&texts, "PmtTpInf/SeqTp"), blocks.iter().map(|block| block.1.code()).collect::<Vec<_>>());
        prop_assert_eq!(all(&texts, "LclInstrm/Cd"), blocks.iter().map(|block| block.0.code()).collect::<Vec<_>>());
        prop_assert_eq!(pain::collections(&head(), &creditor, &lines).unwrap(), built);
    }
}

#[test]
fn ten_thousand_collections_are_one_valid_file() {
    let lines: Vec<Collection> = (0..10_000)
        .map(|number| Collection {
            debtor_iban: iban(number + 2).to_string(),
            mandate: Some(Mandate { mandate_id: format!("M{number}"), signed_on: day("2026-01-05"), amendment: None }),
            ..collection(&format!("EH{number}"))
        })
        .collect();
    let built = pain::collections(&head(), &CreditorId::of(head().enterprise_number), &lines).unwrap();
    let file = built.file.unwrap();
    assert_eq!((file.count(), file.sum(), built.blocked.len()), (10_000, Money::from_euros(2_500_000), 0));
    assert_eq!(against(COLLECTIONS_XSD, &file.bytes), None);
}

#[test]
fn the_schemas_refuse_what_is_no_payment_file() {
    for schema in [TRANSFERS_XSD, COLLECTIONS_XSD] {
        assert!(against(schema, b"<Document/>").is_some());
    }
}
