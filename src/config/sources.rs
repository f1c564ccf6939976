//! Where settings come from, and how the first source that speaks wins.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf, absolute};
use std::time::Duration;

use lettre::message::Mailbox;

use super::nearest::nearest;
use super::table::{Setting, Standard, TABLE, Text};
use super::{ConfigError, Jobs, Listed, Log, LogFormat, Mail, Mistake, Organisation, Settings, file};

/// The variable that names the file.
const FILE_VARIABLE: &str = "ENERGIEHUIS_CONFIG";
/// The file in the data folder that is read without being named.
const FILE_NAME: &str = "energiehuis.toml";
/// Variables that start like this are ours, so that an unknown one is a slip.
const PREFIX: &str = "ENERGIEHUIS_";

/// What settings are read from.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The data folder of the command line.
    pub data: Option<PathBuf>,
    /// The file of the command line.
    pub config: Option<PathBuf>,
    /// The environment. An empty value counts as not set.
    pub environment: BTreeMap<String, String>,
}

impl Sources {
    /// The command line's folder and file, and the environment of the process.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn of_process(data: Option<PathBuf>, config: Option<PathBuf>) -> Self {
        let environment = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        Self { data, config, environment }
    }

    fn variable(&self, name: &str) -> Option<&str> {
        self.environment.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// `$XDG_DATA_HOME/energiehuis`, or `~/.local/share/energiehuis` (XDG Base Directory specification).
    fn default_data(&self) -> Option<PathBuf> {
        let home = || Some(Path::new(self.variable("HOME")?).join(".local/share"));
        let base = self.variable("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        Some(base.or_else(home)?.join("energiehuis"))
    }
}

/// The file that was read, when there was one.
struct FileRead {
    path: PathBuf,
    keys: BTreeMap<String, String>,
}

pub(super) fn read(sources: &Sources) -> Result<(Settings, Vec<Listed>), ConfigError> {
    let mut mistakes = Vec::new();
    let mut settings = blank().map_err(|mistake| ConfigError(vec![mistake]))?;
    let named = sources.config.clone().or_else(|| sources.variable(FILE_VARIABLE).map(PathBuf::from));
    let mut file = named.and_then(|path| open(&path, &mut mistakes));

    // The data folder comes first: it may hold the file with all the rest.
    let data_origin = data_folder(sources, file.as_ref(), &mut settings, &mut mistakes);
    if file.is_none() && mistakes.is_empty() && settings.data.join(FILE_NAME).is_file() {
        file = open(&settings.data.join(FILE_NAME), &mut mistakes);
        if let Some(file) = file.as_ref().filter(|file| file.keys.contains_key("data")) {
            mistakes.push(Mistake::Value {
                name: "data",
                value: file.keys["data"].clone(),
                origin: file.path.display().to_string(),
                expected: "this key only in a file named by --config: this file was found in the data folder"
                    .to_owned(),
            });
        }
    }
    unknown_names(sources, file.as_ref(), &mut mistakes);

    let mut origins = BTreeMap::from([("data", data_origin)]);
    for setting in TABLE.iter().filter(|setting| setting.name != "data") {
        let (text, origin) = find(setting, sources, file.as_ref());
        if let Some(text) = text {
            apply(setting, text, (&origin, &mut settings), &mut mistakes);
        }
        origins.insert(setting.name, origin);
    }
    if !mistakes.is_empty() {
        return Err(ConfigError(mistakes));
    }
    derive(&mut settings);
    let listed = TABLE.iter().map(|setting| list(setting, &settings, &origins)).collect();
    Ok((settings, listed))
}

fn open(path: &Path, mistakes: &mut Vec<Mistake>) -> Option<FileRead> {
    match file::read(path) {
        Ok(keys) => Some(FileRead { path: absolute(path).unwrap_or_else(|_| path.to_owned()), keys }),
        Err(mistake) => {
            mistakes.push(mistake);
            None
        }
    }
}

fn data_folder(
    sources: &Sources,
    file: Option<&FileRead>,
    settings: &mut Settings,
    mistakes: &mut Vec<Mistake>,
) -> String {
    let Some(setting) = TABLE.iter().find(|setting| setting.name == "data") else { return String::new() };
    if let Some(path) = &sources.data {
        settings.data = absolute(path).unwrap_or_else(|_| path.clone());
        return "--data".to_owned();
    }
    let (text, origin) = find(setting, sources, file);
    if let Some(text) = text {
        apply(setting, text, (&origin, settings), mistakes);
    } else if let Some(path) = sources.default_data() {
        settings.data = path;
    } else {
        mistakes.push(Mistake::Value {
            name: "data",
            value: String::new(),
            origin: "no HOME and no XDG_DATA_HOME".to_owned(),
            expected: "--data FOLDER".to_owned(),
        });
    }
    origin
}

/// The text that holds for a setting, and where it came from.
fn find<'a>(setting: &Setting, sources: &'a Sources, file: Option<&'a FileRead>) -> (Option<Text<'a>>, String) {
    if let Some(text) = sources.variable(setting.variable) {
        return (Some(Text { text, beside: None }), setting.variable.to_owned());
    }
    if let Some((file, text)) = file.and_then(|file| Some((file, file.keys.get(setting.name)?))) {
        return (Some(Text { text, beside: file.path.parent() }), file.path.display().to_string());
    }
    match setting.default {
        Standard::Text(text) => (Some(Text { text, beside: None }), "default".to_owned()),
        Standard::Derived => (None, "default".to_owned()),
        Standard::Nothing => (None, "not set".to_owned()),
    }
}

fn apply(setting: &Setting, text: Text<'_>, into: (&str, &mut Settings), mistakes: &mut Vec<Mistake>) {
    let (origin, settings) = into;
    if let Err(expected) = (setting.apply)(settings, text) {
        // An address that cannot be read may still hold a password.
        let secret = matches!(setting.name, "database_url" | "mail.smtp_url");
        let value = if secret { super::SecretUrl(text.text.to_owned()).hidden() } else { text.text.to_owned() };
        mistakes.push(Mistake::Value { name: setting.name, value, origin: origin.to_owned(), expected });
    }
}

fn unknown_names(sources: &Sources, file: Option<&FileRead>, mistakes: &mut Vec<Mistake>) {
    let variables = || TABLE.iter().map(|setting| setting.variable).chain([FILE_VARIABLE]);
    for name in sources.environment.keys().filter(|name| name.starts_with(PREFIX)) {
        if !variables().any(|known| known == name) {
            let nearest = nearest(name, variables()).map(ToOwned::to_owned);
            mistakes.push(Mistake::Unknown { name: name.clone(), origin: "environment".to_owned(), nearest });
        }
    }
    let Some(file) = file else { return };
    let keys = || TABLE.iter().map(|setting| setting.name);
    for name in file.keys.keys() {
        if !keys().any(|known| known == name) {
            let nearest = nearest(name, keys()).map(ToOwned::to_owned);
            mistakes.push(Mistake::Unknown { name: name.clone(), origin: file.path.display().to_string(), nearest });
        }
    }
}

/// What follows from other settings when nobody said it.
fn derive(settings: &mut Settings) {
    if settings.base_url.is_empty() {
        settings.base_url = format!("http://{}", settings.listen);
    }
    if settings.mail.outbox.as_os_str().is_empty() {
        settings.mail.outbox = settings.data.join("outbox");
    }
}

fn list(setting: &Setting, settings: &Settings, origins: &BTreeMap<&str, String>) -> Listed {
    Listed {
        name: setting.name,
        variable: setting.variable,
        value: (setting.show)(settings),
        source: origins.get(setting.name).cloned().unwrap_or_default(),
        doc: setting.doc,
    }
}

/// Settings before anything was read; every field is written or derived before they leave this file.
fn blank() -> Result<Settings, Mistake> {
    let from = "energiehuis@energiehuis.invalid".parse::<Mailbox>();
    let from = from.map_err(|error| Mistake::File { path: "mail.from".to_owned(), reason: error.to_string() })?;
    Ok(Settings {
        database_url: None,
        pg_bin: None,
        data: PathBuf::new(),
        listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
        base_url: String::new(),
        bank_folder: None,
        mail: Mail { smtp_url: None, from, outbox: PathBuf::new() },
        organisation: Organisation {
            name: String::new(),
            enterprise_number: String::new(),
            address: String::new(),
            phone: None,
            email: String::new(),
        },
        log: Log { format: LogFormat::Text, level: String::new() },
        jobs: Jobs { worker: true, heartbeat: Duration::from_secs(30) },
        session: Duration::from_hours(8),
    })
}
