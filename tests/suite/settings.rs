//! Settings: who wins, and what a mistake says.

use std::collections::BTreeMap;
use std::path::Path;

use energiehuis::config::{ConfigError, Listed, Settings, Sources};

fn environment(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let home = [("HOME".to_owned(), "/home/someone".to_owned())];
    home.into_iter().chain(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))).collect()
}

fn read(pairs: &[(&str, &str)]) -> Result<(Settings, Vec<Listed>), ConfigError> {
    Settings::read(&Sources { environment: environment(pairs), ..Sources::default() })
}

fn read_file(text: &str, pairs: &[(&str, &str)]) -> Result<(Settings, Vec<Listed>), ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("house.toml");
    std::fs::write(&path, text).unwrap();
    Settings::read(&Sources { config: Some(path), environment: environment(pairs), data: None })
}

fn line<'a>(listed: &'a [Listed], name: &str) -> &'a Listed {
    listed.iter().find(|line| line.name == name).unwrap()
}

#[test]
fn a_machine_without_settings_has_a_house_with_defaults() {
    let (settings, listed) = read(&[]).unwrap();
    assert_eq!(settings.data, Path::new("/home/someone/.local/share/energiehuis"));
    assert_eq!(settings.mail.outbox, Path::new("/home/someone/.local/share/energiehuis/outbox"));
    assert_eq!(settings.base_url, "http://127.0.0.1:8080");
    assert_eq!(settings.organisation.enterprise_number, "0566.988.259");
    assert!(settings.database_url.is_none() && settings.mail.smtp_url.is_none() && settings.jobs.worker);
    assert_eq!(line(&listed, "listen").source, "default");
    assert_eq!(line(&listed, "database_url").source, "not set");
}

#[test]
fn the_command_line_wins_over_the_environment_and_the_environment_over_the_file() {
    let (settings, listed) =
        read_file("listen = '127.0.0.1:1'\nsession_hours = 2\n", &[("ENERGIEHUIS_LISTEN", "127.0.0.1:2")]).unwrap();
    assert_eq!(settings.listen.port(), 2);
    assert_eq!(line(&listed, "listen").source, "ENERGIEHUIS_LISTEN");
    assert_eq!(settings.session.as_secs(), 7200);
    assert!(line(&listed, "session_hours").source.ends_with("house.toml"));

    let sources = Sources {
        data: Some("/srv/house".into()),
        environment: environment(&[("ENERGIEHUIS_DATA", "/elsewhere")]),
        config: None,
    };
    let (settings, listed) = Settings::read(&sources).unwrap();
    assert_eq!(settings.data, Path::new("/srv/house"));
    assert_eq!(line(&listed, "data").source, "--data");
}

#[test]
fn the_file_in_the_data_folder_is_found_and_its_relative_paths_count_from_there() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("energiehuis.toml"), "[mail]\noutbox = 'post'\n").unwrap();
    let sources = Sources { data: Some(folder.path().into()), ..Sources::default() };
    let (settings, _) = Settings::read(&sources).unwrap();
    assert_eq!(settings.mail.outbox, folder.path().join("post"));

    std::fs::write(folder.path().join("energiehuis.toml"), "data = '/elsewhere'\n").unwrap();
    let error = Settings::read(&sources).unwrap_err().to_string();
    assert!(error.contains("only in a file named by --config"), "{error}");
}

#[test]
fn every_mistake_is_reported_at_once_with_its_place_and_what_would_be_right() {
    let file = "[organisation]\nenterprise_number = '0566.988.258'\n[jobs]\nworker = 'maybe'\nhartbeat_seconds = 5\n";
    let pairs = [
        ("ENERGIEHUIS_LISTEN", "8080"),
        ("ENERGIEHUIS_SMTP_ULR", "smtp://x"),
        ("DATABASE_URL", "mysql://a:s3cret@b/c"),
    ];
    let error = read_file(file, &pairs).unwrap_err();
    let text = error.to_string();
    assert_eq!(error.0.len(), 6, "{text}");
    for part in [
        "6 wrong settings",
        "organisation.enterprise_number = \"0566.988.258\"",
        "whose last two are 97 minus the rest modulo 97",
        "jobs.worker = \"maybe\"",
        "expected on or off",
        "jobs.hartbeat_seconds",
        "did you mean jobs.heartbeat_seconds?",
        "listen = \"8080\" (ENERGIEHUIS_LISTEN): expected an address and port",
        "did you mean ENERGIEHUIS_SMTP_URL?",
        "database_url = \"mysql://a:***@b/c\"",
    ] {
        assert!(text.contains(part), "{part:?} is missing in:\n{text}");
    }
    assert!(!text.contains("s3cret"), "{text}");
}

#[test]
fn a_file_that_is_not_there_or_is_not_toml_is_named() {
    let sources = Sources { config: Some("/nonexistent/house.toml".into()), environment: environment(&[]), data: None };
    let error = Settings::read(&sources).unwrap_err().to_string();
    assert!(error.contains("/nonexistent/house.toml: cannot be read"), "{error}");
    let error = read_file("listen = ", &[]).unwrap_err().to_string();
    assert!(error.contains("house.toml: is not TOML"), "{error}");
}

#[test]
fn wrong_texts_are_refused_one_by_one() {
    for (variable, bad) in [
        ("ENERGIEHUIS_BASE_URL", "energiehuis.be"),
        ("ENERGIEHUIS_SMTP_URL", "localhost:25"),
        ("ENERGIEHUIS_MAIL_FROM", "energiehuis"),
        ("ENERGIEHUIS_ORGANISATION_EMAIL", "a@"),
        ("ENERGIEHUIS_ORGANISATION_NAME", " "),
        ("ENERGIEHUIS_LOG_FORMAT", "xml"),
        ("ENERGIEHUIS_LOG_LEVEL", "a=b=c"),
        ("ENERGIEHUIS_HEARTBEAT_SECONDS", "0"),
        ("ENERGIEHUIS_SESSION_HOURS", "169"),
        ("ENERGIEHUIS_SESSION_HOURS", "8.5"),
    ] {
        let error = read(&[(variable, bad)]).unwrap_err().to_string();
        assert!(error.contains(variable) && error.contains("expected"), "{variable}={bad}: {error}");
    }
    let good = [
        ("ENERGIEHUIS_BASE_URL", "https://energiehuis.example.be/"),
        ("ENERGIEHUIS_SMTP_URL", "smtps://user:password@mail.example.be"),
        ("ENERGIEHUIS_ORGANISATION_ENTERPRISE_NUMBER", "BE 0566988259"),
        ("ENERGIEHUIS_LOG_LEVEL", "warn,energiehuis=debug"),
    ];
    let (settings, listed) = read(&good).unwrap();
    assert_eq!(settings.base_url, "https://energiehuis.example.be");
    assert_eq!(settings.organisation.enterprise_number, "0566.988.259");
    assert_eq!(line(&listed, "mail.smtp_url").value.as_deref(), Some("smtps://user:***@mail.example.be"));
}
