//! What a payment file looks like, which lines stay behind, and what may not leave.

use energiehuis::domain::identity::{CreditorId, EnterpriseNumber, Iban};
use energiehuis::domain::money::Money;
use energiehuis::formats::pain::{
    self, Amendment, Blocked, Collection, Mandate, OriginalAccount, OriginalCreditor, Remittance, Sequence, Transfer,
};
use energiehuis::i18n::{Lang, tell};

use super::payment_files::{all, collection, day, head, iban, texts, transfer};

fn creditor() -> CreditorId {
    CreditorId::of(head().enterprise_number)
}

fn written(transfers: &[Transfer]) -> String {
    let built = pain::transfers(&head(), transfers).unwrap();
    assert_eq!(built.blocked, []);
    String::from_utf8(built.file.unwrap().bytes).unwrap()
}

fn collected(collections: &[Collection]) -> String {
    let built = pain::collections(&head(), &creditor(), collections).unwrap();
    assert_eq!(built.blocked, []);
    String::from_utf8(built.file.unwrap().bytes).unwrap()
}

#[test]
#[expect(clippy::too_many_lines, reason = "a whole file, as a bank gets it")]
fn a_transfer_is_written_like_this() {
    assert_eq!(
        written(&[transfer("EH1")]),
        r#"<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">
 <CstmrCdtTrfInitn>
  <GrpHdr>
   <MsgId>EH-2026-00001</MsgId>
   <CreDtTm>2026-11-26T10:15:00</CreDtTm>
   <NbOfTxs>1</NbOfTxs>
   <CtrlSum>1234.56</CtrlSum>
   <InitgPty>
    <Nm>Energiehuis Zuid-West-Vlaanderen</Nm>
    <Id>
     <OrgId>
      <Othr>
       <Id>0566988259</Id>
       <Issr>KBO-BCE</Issr>
      </Othr>
     </OrgId>
    </Id>
   </InitgPty>
  </GrpHdr>
  <PmtInf>
   <PmtInfId>EH-2026-00001-1</PmtInfId>
   <PmtMtd>TRF</PmtMtd>
   <BtchBookg>true</BtchBookg>
   <NbOfTxs>1</NbOfTxs>
   <CtrlSum>1234.56</CtrlSum>
   <PmtTpInf>
    <SvcLvl>
     <Cd>SEPA</Cd>
    </SvcLvl>
   </PmtTpInf>
   <ReqdExctnDt>
    <Dt>2026-11-27</Dt>
   </ReqdExctnDt>
   <Dbtr>
    <Nm>Energiehuis Zuid-West-Vlaanderen</Nm>
   </Dbtr>
   <DbtrAcct>
    <Id>
     <IBAN>BE49999000000171</IBAN>
    </Id>
   </DbtrAcct>
   <DbtrAgt>
    <FinInstnId>
     <Othr>
      <Id>NOTPROVIDED</Id>
     </Othr>
    </FinInstnId>
   </DbtrAgt>
   <ChrgBr>SLEV</ChrgBr>
   <CdtTrfTxInf>
    <PmtId>
     <EndToEndId>EH1</EndToEndId>
    </PmtId>
    <Amt>
     <InstdAmt Ccy="EUR">1234.56</InstdAmt>
    </Amt>
    <Cdtr>
     <Nm>Dakwerken Desire + Zonen</Nm>
    </Cdtr>
    <CdtrAcct>
     <Id>
      <IBAN>BE38999000000272</IBAN>
     </Id>
    </CdtrAcct>
    <RmtInf>
     <Strd>
      <CdtrRefInf>
       <Tp>
        <CdOrPrtry>
         <Cd>SCOR</Cd>
        </CdOrPrtry>
        <Issr>BBA</Issr>
       </Tp>
       <Ref>321988730446</Ref>
      </CdtrRefInf>
     </Strd>
    </RmtInf>
   </CdtTrfTxInf>
  </PmtInf>
 </CstmrCdtTrfInitn>
</Document>
"#
    );
}

#[test]
fn a_collection_names_its_mandate_and_what_changed_of_it() {
    let mandate = Mandate {
        mandate_id: "M00002".to_owned(),
        signed_on: day("2026-03-02"),
        amendment: Some(Amendment {
            mandate_id: Some("M00001".to_owned()),
            account: Some(OriginalAccount::NotTold),
            creditor: Some(OriginalCreditor {
                name: Some("Oud huis".to_owned()),
                id: Some(CreditorId::of(EnterpriseNumber::parse("0456.810.810").unwrap())),
            }),
        }),
    };
    let xml = collected(&[Collection { mandate: Some(mandate), ..collection("EH1") }]);
    let told: Vec<String> = texts(xml.as_bytes())
        .into_iter()
        .filter_map(|(path, text)| {
            let (_, end) = path.split_once("CstmrDrctDbtInitn/PmtInf/")?;
            Some(format!("{end} {text}"))
        })
        .collect();
    assert_eq!(
        told,
        [
            "PmtInfId EH-2026-00001-1",
            "PmtMtd DD",
            "BtchBookg true",
            "NbOfTxs 1",
            "CtrlSum 250.00",
            "PmtTpInf/SvcLvl/Cd SEPA",
            "PmtTpInf/LclInstrm/Cd CORE",
            "PmtTpInf/SeqTp RCUR",
            "ReqdColltnDt 2026-12-01",
            "Cdtr/Nm Energiehuis Zuid-West-Vlaanderen",
            "CdtrAcct/Id/IBAN BE49999000000171",
            "CdtrAgt/FinInstnId/Othr/Id NOTPROVIDED",
            "ChrgBr SLEV",
            "CdtrSchmeId/Id/PrvtId/Othr/Id BE39ZZZ0566988259",
            "CdtrSchmeId/Id/PrvtId/Othr/SchmeNm/Prtry SEPA",
            "DrctDbtTxInf/PmtId/EndToEndId EH1",
            "DrctDbtTxInf/InstdAmt 250.00",
            "DrctDbtTxInf/DrctDbtTx/MndtRltdInf/MndtId M00002",
            "DrctDbtTxInf/DrctDbtTx/MndtRltdInf/DtOfSgntr 2026-03-02",
            "DrctDbtTxInf/DrctDbtTx/MndtRltdInf/AmdmntInd true",
            "DrctDbtTxInf/DrctDbtTx/MndtRltdInf/AmdmntInfDtls/OrgnlMndtId M00001",
            "DrctDbtTxInf/DrctDbtTx/MndtRltdInf/AmdmntInfDtls/OrgnlCdtrSchmeId/Nm Oud huis",
            "DrctDbtTxInf/DrctDbtTx/MndtRltdInf/AmdmntInfDtls/OrgnlCdtrSchmeId/Id/PrvtId/Othr/Id BE12ZZZ0456810810",
            "DrctDbtTxInf/DrctDbtTx/MndtRltdInf/AmdmntInfDtls/OrgnlCdtrSchmeId/Id/PrvtId/Othr/SchmeNm/Prtry SEPA",
            "DrctDbtTxInf/DrctDbtTx/MndtRltdInf/AmdmntInfDtls/OrgnlDbtrAcct/Id/Othr/Id SMNDA",
            "DrctDbtTxInf/DbtrAgt/FinInstnId/Othr/Id NOTPROVIDED",
            "DrctDbtTxInf/Dbtr/Nm Jurgen Lukasz",
            "DrctDbtTxInf/DbtrAcct/Id/IBAN BE27999000000373",
            "DrctDbtTxInf/RmtInf/Strd/CdtrRefInf/Tp/CdOrPrtry/Cd SCOR",
            "DrctDbtTxInf/RmtInf/Strd/CdtrRefInf/Tp/Issr BBA",
            "DrctDbtTxInf/RmtInf/Strd/CdtrRefInf/Ref 090933755493",
        ]
    );
}

#[test]
fn lines_are_gathered_by_day_and_account_and_keep_their_order() {
    let line = |id: &str, account, on| Transfer { account: iban(account), execute_on: day(on), ..transfer(id) };
    let lines = [
        line("C", 1, "2026-11-30"),
        line("B", 7, "2026-11-27"),
        line("A", 1, "2026-11-27"),
        line("D", 1, "2026-11-30"),
    ];
    let built = pain::transfers(&head(), &lines).unwrap();
    let file = built.file.unwrap();
    let batches: Vec<_> = file.batches.iter().map(|batch| (batch.batch_id.as_str(), batch.lines.clone())).collect();
    let by_account = if iban(1) < iban(7) { [vec![2], vec![1]] } else { [vec![1], vec![2]] };
    assert_eq!(
        batches,
        [
            ("EH-2026-00001-1", by_account[0].clone()),
            ("EH-2026-00001-2", by_account[1].clone()),
            ("EH-2026-00001-3", vec![0, 3])
        ]
    );
    let texts = texts(&file.bytes);
    assert_eq!(all(&texts, "PmtInf/NbOfTxs"), ["1", "1", "2"]);
    assert_eq!(all(&texts, "PmtInf/CtrlSum"), ["1234.56", "1234.56", "2469.12"]);
    assert_eq!(all(&texts, "GrpHdr/NbOfTxs"), ["4"]);
    assert_eq!(all(&texts, "GrpHdr/CtrlSum"), ["4938.24"]);
}

/// The field and the sentence of each problem of the only line that stays behind.
fn why(blocked: &[Blocked]) -> Vec<String> {
    let [line] = blocked else { panic!("one line must stay behind: {blocked:?}") };
    line.problems.iter().map(|problem| format!("{} {}", problem.field, tell(Lang::En, &problem.text))).collect()
}

#[test]
fn a_transfer_that_cannot_be_paid_as_it_is_stays_behind_and_the_others_leave() {
    let cents = Money::from_cents;
    let free = |words: &str| Remittance::Free(words.to_owned());
    let good = || transfer("EH2");
    for (line, reason) in [
        (
            Transfer { creditor_iban: "BE68 5390 0754 7035".into(), ..good() },
            "creditor_iban This account number is not right",
        ),
        (
            Transfer { creditor_iban: "FO62 6460 0001 6316 34".into(), ..good() },
            "creditor_iban An account in FO is outside",
        ),
        (Transfer { creditor_iban: iban(1).to_string(), ..good() }, "creditor_iban This is the account that pays"),
        (Transfer { creditor_name: "🏠 ★".into(), ..good() }, "creditor_name This is empty"),
        (
            Transfer { creditor_name: "Иванов bv".into(), ..good() },
            "creditor_name A payment file has Latin letters only, and no form for Ивано",
        ),
        (
            Transfer { creditor_name: "ß".repeat(36), ..good() },
            "creditor_name This has 72 characters in the payment file; the most is 70",
        ),
        (Transfer { amount: cents(0), ..good() }, "amount The amount must be from 0.01"),
        (Transfer { amount: cents(-1), ..good() }, "amount The amount must be from 0.01"),
        (Transfer { amount: cents(100_000_000_000), ..good() }, "amount The amount must be from 0.01"),
        (Transfer { remittance: free(""), ..good() }, "remittance This is empty"),
        (Transfer { remittance: free(&"x".repeat(141)), ..good() }, "remittance This has 141 characters"),
        (Transfer { execute_on: day("2026-12-26"), ..good() }, "execute_on Payments between banks stand still"),
        (Transfer { end_to_end_id: String::new(), ..good() }, "end_to_end_id This is empty"),
        (Transfer { end_to_end_id: "x".repeat(36), ..good() }, "end_to_end_id This has 36 characters"),
        (
            Transfer { end_to_end_id: "/EH2".into(), ..good() },
            "end_to_end_id An identifier does not start or end with a slash",
        ),
        (
            Transfer { end_to_end_id: "EH//2".into(), ..good() },
            "end_to_end_id An identifier does not start or end with a slash",
        ),
        (Transfer { end_to_end_id: "EH é".into(), ..good() }, "end_to_end_id An identifier holds only"),
        (Transfer { end_to_end_id: "EH1".into(), ..good() }, "end_to_end_id This identifier is in the file twice"),
    ] {
        let built = pain::transfers(&head(), &[transfer("EH1"), line, transfer("EH3")]).unwrap();
        let why = why(&built.blocked);
        assert!(why.len() == 1 && why[0].starts_with(reason), "{why:?} is not “{reason}”");
        assert_eq!(built.blocked[0].position, 1);
        let texts = texts(&built.file.unwrap().bytes);
        assert_eq!(all(&texts, "PmtId/EndToEndId"), ["EH1", "EH3"]);
        assert_eq!(all(&texts, "GrpHdr/CtrlSum"), ["2469.12"]);
    }
}

#[test]
fn a_line_with_several_faults_names_them_all_and_a_file_of_nothing_is_no_file() {
    let line = Transfer {
        creditor_iban: "nonsense".to_owned(),
        creditor_name: " ".to_owned(),
        amount: Money::ZERO,
        ..transfer("EH1")
    };
    let built = pain::transfers(&head(), &[line]).unwrap();
    assert_eq!(built.file, None);
    let fields: Vec<_> = built.blocked[0].problems.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["amount", "creditor_name", "creditor_iban"]);
    assert_eq!(pain::transfers(&head(), &[]).unwrap().file, None);
}

#[test]
fn a_collection_without_a_right_mandate_stays_behind() {
    let of = |mandate_id: &str, signed_on, amendment| {
        Some(Mandate { mandate_id: mandate_id.to_owned(), signed_on: day(signed_on), amendment })
    };
    let changed = |amendment| of("M00001", "2026-03-02", Some(amendment));
    let same_account: Iban = iban(3);
    for (mandate, reason) in [
        (None, "mandate There is no mandate"),
        (of("", "2026-03-02", None), "mandate.mandate_id This is empty"),
        (of("M 1", "2026-03-02", None), "mandate.mandate_id An identifier holds only"),
        (of("M1", "2026-12-02", None), "mandate.signed_on The mandate was signed after"),
        (changed(Amendment::default()), "mandate.amendment An amendment must say what changed"),
        (
            changed(Amendment { mandate_id: Some("M00001".to_owned()), ..Amendment::default() }),
            "mandate.amendment.mandate_id An amendment must name what it was before",
        ),
        (
            changed(Amendment { account: Some(OriginalAccount::Iban(same_account)), ..Amendment::default() }),
            "mandate.amendment.account An amendment must name what it was before",
        ),
        (
            changed(Amendment {
                creditor: Some(OriginalCreditor { name: None, id: Some(creditor()) }),
                ..Amendment::default()
            }),
            "mandate.amendment.creditor An amendment must name what it was before",
        ),
    ] {
        let line = Collection { mandate, ..collection("EH2") };
        let built = pain::collections(&head(), &creditor(), &[collection("EH1"), line]).unwrap();
        let why = why(&built.blocked);
        assert!(why.len() == 1 && why[0].starts_with(reason), "{why:?} is not “{reason}”");
        assert_eq!(built.file.unwrap().count(), 1);
    }
}

#[test]
fn a_mandate_ends_once_in_a_file_and_an_address_is_never_made_up() {
    let last = |id: &str| Collection { sequence: Sequence::Last, ..collection(id) };
    let built = pain::collections(&head(), &creditor(), &[last("EH1"), last("EH2")]).unwrap();
    assert!(why(&built.blocked)[0].starts_with("sequence The mandate has another collection of the kind FNAL"));
    let swiss = Collection { debtor_iban: "CH93 0076 2011 6238 5295 7".to_owned(), ..collection("EH1") };
    let built = pain::collections(&head(), &creditor(), &[swiss]).unwrap();
    assert!(
        why(&built.blocked)[0]
            .starts_with("debtor_iban A collection from an account outside the European Economic Area")
    );
}

#[test]
fn nothing_leaves_under_a_wrong_head() {
    let refused = |change: &dyn Fn(&mut pain::Head)| {
        let mut head = head();
        change(&mut head);
        let problems = pain::transfers(&head, &[transfer("EH1")]).unwrap_err();
        problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>()
    };
    assert_eq!(refused(&|head| head.message_id = "x".repeat(31)), ["message_id"]);
    assert_eq!(refused(&|head| head.message_id = "EH/".to_owned()), ["message_id"]);
    assert_eq!(refused(&|head| head.name = "☃".to_owned()), ["name"]);
}

#[test]
fn a_file_that_was_touched_is_refused_with_the_field() {
    let transfers = written(&[transfer("EH1"), transfer("EH2")]);
    let collections = collected(&[collection("EH1")]);
    for (xml, from, to, field, key) in [
        (&transfers, "1234.56</InstdAmt>", "1234.57</InstdAmt>", "PmtInf[1]/CtrlSum", "pain-total"),
        (
            &transfers,
            "<NbOfTxs>2</NbOfTxs>\n   <CtrlSum>",
            "<NbOfTxs>3</NbOfTxs>\n   <CtrlSum>",
            "GrpHdr/NbOfTxs",
            "pain-total",
        ),
        (
            &transfers,
            "<EndToEndId>EH2",
            "<EndToEndId>EH1",
            "PmtInf[1]/CdtTrfTxInf[2]/PmtId/EndToEndId",
            "pain-id-twice",
        ),
        (&transfers, "<Nm>Dakwerken Desire", "<Nm>Dakwerken Désire", "PmtInf[1]/CdtTrfTxInf[1]/Cdtr/Nm", "pain-signs"),
        (&transfers, "<Nm>Dakwerken", "<Nm> Dakwerken", "PmtInf[1]/CdtTrfTxInf[1]/Cdtr/Nm", "pain-signs"),
        (&transfers, "BE38999000000272", "BE38999000000273", "PmtInf[1]/CdtTrfTxInf[1]/CdtrAcct/Id/IBAN", "pain-iban"),
        (&transfers, "Ccy=\"EUR\"", "Ccy=\"USD\"", "PmtInf[1]/CdtTrfTxInf[1]/Amt/InstdAmt", "pain-amount"),
        (&transfers, "321988730446", "321988730447", "PmtInf[1]/CdtTrfTxInf[1]/RmtInf/Strd/CdtrRefInf/Ref", "pain-ogm"),
        (&transfers, "<RmtInf>", "<RmtInf>\n<Ustrd>x</Ustrd>", "PmtInf[1]/CdtTrfTxInf[1]/RmtInf", "pain-one-of"),
        (&transfers, "SLEV", "SHAR", "PmtInf[1]/ChrgBr", "pain-code"),
        (&transfers, "<Dt>2026-11-27", "<Dt>2026-11-31", "PmtInf[1]/ReqdExctnDt/Dt", "pain-date"),
        (&transfers, "   <ChrgBr>SLEV</ChrgBr>\n", "", "PmtInf[1]/ChrgBr", "pain-missing"),
        (
            &transfers,
            "<MsgId>EH-2026-00001<",
            "<MsgId>EH-2026-00001-and-too-many-more<",
            "GrpHdr/MsgId",
            "pain-too-long",
        ),
        (&transfers, "<CdtTrfTxInf>", "<CdtTrfTxInf>\n<PstlAdr/>", "PmtInf[1]/CdtTrfTxInf[1]/PmtId", "pain-missing"),
        (&transfers, "pain.001.001.09", "pain.001.001.03", "Document", "pain-namespace"),
        (&transfers, "</Document>", "", "Document", "pain-unreadable"),
        (&transfers, "<Document", "<!DOCTYPE x><Document", "Document", "pain-unreadable"),
        (&collections, "M00001", "M//1", "PmtInf[1]/DrctDbtTxInf[1]/DrctDbtTx/MndtRltdInf/MndtId", "pain-id-slash"),
        (&collections, "RCUR", "RPRE", "PmtInf[1]/PmtTpInf/SeqTp", "pain-code"),
        (&collections, "BE39ZZZ", "BE38ZZZ", "PmtInf[1]/CdtrSchmeId/Id/PrvtId/Othr/Id", "pain-creditor-id"),
        (
            &collections,
            "false",
            "true",
            "PmtInf[1]/DrctDbtTxInf[1]/DrctDbtTx/MndtRltdInf/AmdmntInd",
            "pain-amendment-told",
        ),
    ] {
        assert_eq!(pain::check(xml.as_bytes()), Ok(()));
        assert!(xml.contains(from), "“{from}” is not in the file");
        let problems = pain::check(xml.replacen(from, to, 1).as_bytes()).unwrap_err();
        let found: Vec<_> =
            problems.iter().map(|problem| (problem.field.as_str(), problem.text.key.as_str())).collect();
        assert!(found.contains(&(field, key)), "{from} as {to}: {found:?} lacks {field} {key}");
    }
}
