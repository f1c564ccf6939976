//! CAMT files of these tests, in every version, valid against the schemas of ISO 20022.

use std::fmt::Write;

use chrono::NaiveDate;
use energiehuis::domain::identity::Ogm;
use energiehuis::domain::money::Money;

/// A statement or notification.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) version: u8,
    pub(crate) iban: String,
    pub(crate) sequence: u16,
    pub(crate) on: NaiveDate,
    pub(crate) old_balance: Money,
    pub(crate) entries: Vec<Entry>,
}

/// An entry, alone or with its transactions.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) amount: Money,
    pub(crate) code: [&'static str; 3],
    pub(crate) status: &'static str,
    pub(crate) reference: String,
    /// Name of the payment file; with it, the entry is a batch.
    pub(crate) batch: Option<String>,
    pub(crate) transactions: Vec<Transaction>,
}

/// One transaction.
#[derive(Debug, Clone, Default)]
pub(crate) struct Transaction {
    pub(crate) amount: Money,
    pub(crate) end_to_end_id: String,
    pub(crate) name: String,
    pub(crate) iban: String,
    pub(crate) ogm: Option<Ogm>,
    pub(crate) texts: Vec<String>,
    pub(crate) mandate: String,
    pub(crate) reason: String,
}

impl Message {
    pub(crate) fn new_balance(&self) -> Money {
        let booked = self.entries.iter().filter(|entry| entry.status == "BOOK");
        self.old_balance + booked.map(|entry| entry.amount).sum::<Money>()
    }

    /// As CAMT.053, with balances.
    pub(crate) fn statement(&self) -> String {
        self.document("camt.053.001", ("BkToCstmrStmt", "Stmt"), true)
    }

    /// As CAMT.054, which has none.
    pub(crate) fn notification(&self) -> String {
        self.document("camt.054.001", ("BkToCstmrDbtCdtNtfctn", "Ntfctn"), false)
    }

    fn document(&self, name: &str, (body, part): (&str, &str), balances: bool) -> String {
        let Self { version, iban, sequence, on, .. } = self;
        let mut xml = String::new();
        writeln!(xml, r#"<?xml version="1.0" encoding="UTF-8"?>"#).unwrap();
        writeln!(xml, r#"<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{name}.{version:02}"><{body}>"#).unwrap();
        writeln!(xml, "<GrpHdr><MsgId>M-{on}-{sequence}</MsgId><CreDtTm>{on}T20:00:00</CreDtTm>").unwrap();
        writeln!(xml, "<MsgPgntn><PgNb>1</PgNb><LastPgInd>true</LastPgInd></MsgPgntn></GrpHdr>").unwrap();
        writeln!(xml, "<{part}><Id>S-{on}-{sequence}</Id><ElctrncSeqNb>{sequence}</ElctrncSeqNb>").unwrap();
        writeln!(xml, "<CreDtTm>{on}T20:00:00</CreDtTm><Acct><Id><IBAN>{iban}</IBAN></Id><Ccy>EUR</Ccy>").unwrap();
        let bic = self.bic();
        writeln!(
            xml,
            "<Ownr><Nm>ENERGIEHUIS</Nm></Ownr><Svcr><FinInstnId><{bic}>KREDBEBB</{bic}></FinInstnId></Svcr></Acct>"
        )
        .unwrap();
        if balances {
            for (kind, balance) in [("OPBD", self.old_balance), ("CLBD", self.new_balance())] {
                let (amount, way) = (balance.abs(), way(balance));
                writeln!(xml, r#"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{amount}</Amt>"#)
                    .unwrap();
                writeln!(xml, "<CdtDbtInd>{way}</CdtDbtInd><Dt><Dt>{on}</Dt></Dt></Bal>").unwrap();
            }
        }
        for entry in &self.entries {
            self.entry(&mut xml, entry);
        }
        writeln!(xml, "</{part}></{body}></Document>").unwrap();
        xml
    }

    fn bic(&self) -> &'static str {
        if self.version == 2 { "BIC" } else { "BICFI" }
    }

    fn entry(&self, xml: &mut String, entry: &Entry) {
        let (on, amount, way) = (self.on, entry.amount.abs(), way(entry.amount));
        let status = if self.version >= 8 { format!("<Cd>{}</Cd>", entry.status) } else { entry.status.to_owned() };
        let [domain, family, subfamily] = entry.code;
        writeln!(xml, r#"<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd><Sts>{status}</Sts>"#).unwrap();
        writeln!(xml, "<BookgDt><Dt>{on}</Dt></BookgDt><ValDt><Dt>{on}</Dt></ValDt>").unwrap();
        writeln!(xml, "<AcctSvcrRef>{}</AcctSvcrRef>", entry.reference).unwrap();
        writeln!(xml, "<BkTxCd><Domn><Cd>{domain}</Cd><Fmly><Cd>{family}</Cd><SubFmlyCd>{subfamily}</SubFmlyCd></Fmly></Domn></BkTxCd>").unwrap();
        if entry.batch.is_some() || !entry.transactions.is_empty() {
            xml.push_str("<NtryDtls>");
            if let Some(name) = &entry.batch {
                let sum = if entry.transactions.is_empty() {
                    entry.amount
                } else {
                    entry.transactions.iter().map(|one| one.amount).sum::<Money>()
                };
                let count = entry.transactions.len().max(2);
                let sum = sum.abs();
                writeln!(xml, r#"<Btch><PmtInfId>{name}</PmtInfId><NbOfTxs>{count}</NbOfTxs><TtlAmt Ccy="EUR">{sum}</TtlAmt></Btch>"#).unwrap();
            }
            for one in &entry.transactions {
                self.transaction(xml, one);
            }
            xml.push_str("</NtryDtls>\n");
        }
        xml.push_str("</Ntry>\n");
    }

    fn transaction(&self, xml: &mut String, one: &Transaction) {
        let (amount, way) = (one.amount.abs(), way(one.amount));
        let id = if one.end_to_end_id.is_empty() { "NOTPROVIDED" } else { &one.end_to_end_id };
        write!(xml, "<TxDtls><Refs><EndToEndId>{id}</EndToEndId>").unwrap();
        if !one.mandate.is_empty() {
            write!(xml, "<MndtId>{}</MndtId>", one.mandate).unwrap();
        }
        xml.push_str("</Refs>");
        let amount = format!(r#"<Amt Ccy="EUR">{amount}</Amt>"#);
        if self.version == 2 {
            write!(xml, "<AmtDtls><TxAmt>{amount}</TxAmt></AmtDtls>").unwrap();
        } else {
            write!(xml, "{amount}<CdtDbtInd>{way}</CdtDbtInd>").unwrap();
        }
        let us = r"<Nm>ENERGIEHUIS</Nm><Id><PrvtId><Othr><Id>BE89ZZZ0566988259</Id><SchmeNm><Prtry>SEPA</Prtry></SchmeNm></Othr></PrvtId></Id>";
        let them = format!("<Nm>{}</Nm>", one.name);
        let collection = !one.mandate.is_empty();
        // Whoever owes is the debtor, also when a collection comes back.
        let payer_is_other = one.amount.is_positive() || collection;
        let (debtor, creditor) = if payer_is_other { (them.as_str(), us) } else { (us, them.as_str()) };
        let level = |party: &str| if self.version >= 8 { format!("<Pty>{party}</Pty>") } else { party.to_owned() };
        let theirs = format!("<Id><IBAN>{}</IBAN></Id>", one.iban);
        let (debtor, creditor) = (level(debtor), level(creditor));
        if payer_is_other {
            write!(
                xml,
                "<RltdPties><Dbtr>{debtor}</Dbtr><DbtrAcct>{theirs}</DbtrAcct><Cdtr>{creditor}</Cdtr></RltdPties>"
            )
            .unwrap();
        } else {
            write!(
                xml,
                "<RltdPties><Dbtr>{debtor}</Dbtr><Cdtr>{creditor}</Cdtr><CdtrAcct>{theirs}</CdtrAcct></RltdPties>"
            )
            .unwrap();
        }
        let agent = if payer_is_other { "DbtrAgt" } else { "CdtrAgt" };
        let bic = self.bic();
        write!(xml, "<RltdAgts><{agent}><FinInstnId><{bic}>GEBABEBB</{bic}></FinInstnId></{agent}></RltdAgts>")
            .unwrap();
        if one.ogm.is_some() || !one.texts.is_empty() {
            xml.push_str("<RmtInf>");
            for text in &one.texts {
                write!(xml, "<Ustrd>{text}</Ustrd>").unwrap();
            }
            if let Some(ogm) = one.ogm {
                write!(xml, "<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry><Issr>BBA</Issr></Tp><Ref>{}</Ref></CdtrRefInf></Strd>", ogm.canonical()).unwrap();
            }
            xml.push_str("</RmtInf>");
        }
        if !one.reason.is_empty() {
            write!(xml, "<RtrInf><Rsn><Cd>{}</Cd></Rsn></RtrInf>", one.reason).unwrap();
        }
        xml.push_str("</TxDtls>\n");
    }
}

fn way(amount: Money) -> &'static str {
    if amount.is_negative() { "DBIT" } else { "CRDT" }
}

pub(crate) fn entry(amount: Money, code: [&'static str; 3], transactions: Vec<Transaction>) -> Entry {
    Entry { amount, code, status: "BOOK", reference: "REF".to_owned(), batch: None, transactions }
}

/// A transfer to us.
pub(crate) fn received(amount: Money) -> Transaction {
    let (name, iban) = ("PEETERS AN".to_owned(), "BE68539007547034".to_owned());
    Transaction { amount, name, iban, ..Transaction::default() }
}

pub(crate) const RECEIVED: [&str; 3] = ["PMNT", "RCDT", "ESCT"];
pub(crate) const SENT: [&str; 3] = ["PMNT", "ICDT", "ESCT"];
pub(crate) const COLLECTED: [&str; 3] = ["PMNT", "IDDT", "ESDD"];
pub(crate) const UNPAID: [&str; 3] = ["PMNT", "IDDT", "UPDD"];
pub(crate) const SENT_BACK: [&str; 3] = ["PMNT", "ICDT", "RRTN"];
pub(crate) const CHARGE: [&str; 3] = ["ACMT", "MDOP", "CHRG"];
