//! The post delivers what it was given, byte for byte, and knows "never" from "later".

use chrono::{TimeZone, Utc};
use energiehuis::letters::Language;
use energiehuis::services::post::{Correspondent, Enclosure, OutgoingMail, Post, PostError};
use mailparse::{DispositionType, MailHeaderMap, ParsedMail};
use uuid::Uuid;

use super::samples::first_reminder;
use crate::support::smtp::{Manner, Sink};

const ID: Uuid = Uuid::from_u128(0x018f_6b1e_0000_7000_8000_0000_0000_0012);

fn correspondent(name: &str, address: &str) -> Correspondent {
    Correspondent { name: Some(name.to_owned()), address: address.to_owned() }
}

fn outgoing() -> OutgoingMail {
    let letter = first_reminder(Language::Nl);
    let mail = letter.mail().unwrap();
    OutgoingMail {
        message_id: ID,
        from: correspondent("Energiehuis W13", "leningen@energiehuis.example"),
        reply_to: Some(correspondent("Leningen", "vragen@energiehuis.example")),
        to: correspondent("Zoë D'hondt", "zoe@borrower.example"),
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        attachments: vec![Enclosure {
            file_name: letter.file_name(),
            mime: "application/pdf".to_owned(),
            bytes: letter.pdf().unwrap(),
        }],
        date: Utc.with_ymd_and_hms(2024, 11, 20, 7, 30, 0).unwrap(),
    }
}

/// All parts that are not containers, in order.
pub(crate) fn leaves<'a, 'b>(mail: &'b ParsedMail<'a>) -> Vec<&'b ParsedMail<'a>> {
    if mail.subparts.is_empty() { vec![mail] } else { mail.subparts.iter().flat_map(leaves).collect() }
}

fn assert_is_the_mail(raw: &[u8], sent: &OutgoingMail) {
    let mail = mailparse::parse_mail(raw).unwrap();
    let header = |name: &str| mail.headers.get_first_value(name).unwrap();
    assert_eq!(header("Message-ID"), "<018f6b1e-0000-7000-8000-000000000012@energiehuis.example>");
    assert_eq!(mailparse::dateparse(&header("Date")).unwrap(), sent.date.timestamp());
    assert_eq!(header("Subject"), "Gratis herinnering voor uw lening L-2024-00012");
    assert_eq!(header("From"), "\"Energiehuis W13\" <leningen@energiehuis.example>");
    assert_eq!(header("Reply-To"), "Leningen <vragen@energiehuis.example>");
    let to = mailparse::addrparse_header(mail.headers.get_first_header("To").unwrap()).unwrap();
    let to = to.extract_single_info().unwrap();
    assert_eq!((to.display_name.as_deref(), to.addr.as_str()), (Some("Zoë D'hondt"), "zoe@borrower.example"));
    let parts = leaves(&mail);
    let types: Vec<&str> = parts.iter().map(|part| part.ctype.mimetype.as_str()).collect();
    assert_eq!(types, ["text/plain", "text/html", "application/pdf"]);
    let unix = |text: &str| text.replace("\r\n", "\n");
    assert_eq!(unix(&parts[0].get_body().unwrap()), sent.text);
    assert_eq!(unix(&parts[1].get_body().unwrap()), sent.html);
    let disposition = parts[2].get_content_disposition();
    assert_eq!(disposition.disposition, DispositionType::Attachment);
    assert_eq!(disposition.params.get("filename").unwrap(), "herinnering-L-2024-00012.pdf");
    assert_eq!(parts[2].get_body_raw().unwrap(), sent.attachments[0].bytes);
}

#[tokio::test]
async fn a_mail_with_its_letter_arrives_whole_over_smtp() {
    let sink = Sink::start().await;
    let mail = outgoing();
    let post = Post::smtp(&sink.url()).unwrap();
    let receipt = post.send(&mail).await.unwrap().receipt;
    assert_eq!(receipt, "2.0.0 queued as 1");
    let taken = sink.taken();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].from, "leningen@energiehuis.example");
    assert_eq!(taken[0].to, ["zoe@borrower.example"]);
    assert_is_the_mail(&taken[0].raw, &mail);
    assert!(sink.taken().is_empty());
}

#[tokio::test]
async fn a_second_attempt_sends_the_same_bytes() {
    let sink = Sink::start().await;
    let post = Post::smtp(&sink.url()).unwrap();
    post.send(&outgoing()).await.unwrap();
    post.send(&outgoing()).await.unwrap();
    let taken = sink.taken();
    assert_eq!(taken.len(), 2);
    assert_eq!(taken[0], taken[1]);
}

#[tokio::test]
async fn an_unknown_recipient_is_refused_for_good_and_not_named() {
    let sink = Sink::start().await;
    sink.behave(Manner::Refuse);
    let error = Post::smtp(&sink.url()).unwrap().send(&outgoing()).await.unwrap_err();
    assert_eq!(error, PostError::Refused("the server answered 550 5.1.1 (address) user unknown".to_owned()));
    assert!(sink.taken().is_empty());
}

#[tokio::test]
async fn a_busy_server_a_lost_connection_and_no_server_are_for_later() {
    let sink = Sink::start().await;
    let post = Post::smtp(&sink.url()).unwrap();
    for manner in [Manner::Later, Manner::HangUp] {
        sink.behave(manner);
        let error = post.send(&outgoing()).await.unwrap_err();
        assert!(matches!(error, PostError::Unreachable(_)), "{manner:?}: {error}");
    }
    sink.behave(Manner::Accept);
    assert!(post.send(&outgoing()).await.is_ok());
    assert_eq!(sink.taken().len(), 1);
    // Port 1 of this machine: nobody listens there.
    let nobody = Post::smtp("smtp://127.0.0.1:1").unwrap();
    assert!(matches!(nobody.send(&outgoing()).await.unwrap_err(), PostError::Unreachable(_)));
}

#[tokio::test]
async fn a_bad_address_is_refused_before_it_leaves() {
    let folder = tempfile::tempdir().unwrap();
    let mail = OutgoingMail { to: correspondent("An", "an at example.be"), ..outgoing() };
    let error = Post::folder(folder.path()).send(&mail).await.unwrap_err();
    assert!(matches!(&error, PostError::Refused(reason) if reason.contains("recipient")));
    assert!(!error.to_string().contains("an at"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_line_break_in_a_name_or_subject_starts_no_header() {
    let sink = Sink::start().await;
    let mail = OutgoingMail {
        to: correspondent("An\r\nBcc: all@example.be", "an@borrower.example"),
        subject: "Lening\r\nBcc: all@example.be".to_owned(),
        ..outgoing()
    };
    Post::smtp(&sink.url()).unwrap().send(&mail).await.unwrap();
    let taken = sink.taken();
    assert_eq!(taken[0].to, ["an@borrower.example"]);
    let parsed = mailparse::parse_mail(&taken[0].raw).unwrap();
    assert!(parsed.headers.get_first_value("Bcc").is_none());
}

#[tokio::test]
async fn without_a_server_each_mail_is_one_file_in_the_folder() {
    let house = tempfile::tempdir().unwrap();
    let folder = house.path().join("outbox");
    let mail = outgoing();
    let post = Post::folder(&folder);
    assert_eq!(post.send(&mail).await.unwrap().receipt, format!("{ID}.eml"));
    post.send(&mail).await.unwrap();
    let names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, [format!("{ID}.eml").as_str()]);
    assert_is_the_mail(&std::fs::read(folder.join(format!("{ID}.eml"))).unwrap(), &mail);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_for_later() {
    let house = tempfile::tempdir().unwrap();
    let file = house.path().join("outbox");
    std::fs::write(&file, "in the way").unwrap();
    let error = Post::folder(&file).send(&outgoing()).await.unwrap_err();
    assert!(matches!(error, PostError::Unreachable(_)));
}
