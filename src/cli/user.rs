//! `energiehuis user`: people who sign in, and tokens for programs.

use std::io::BufRead;

use super::house::{self, Globals, Open};
use super::{Failure, print_text};
use crate::domain::access::Role;
use crate::services::Actor;
use crate::services::users::{self, NewToken, NewUser};

/// People who sign in, and tokens for programs
#[derive(Debug, clap::Subcommand)]
pub(super) enum User {
    /// Add a person
    #[command(
        after_help = "Examples:\n  energiehuis user add --email an@w13.example --name \"An Claes\" --role loan_officer\n  \
                            energiehuis user add --email loket@kortrijk.example --name \"Woonloket Kortrijk\" \
                            --role housing_desk --nis 34022 --password-stdin < password.txt"
    )]
    Add(Add),
    /// Make a token with which a program calls the API as a user; it is shown once
    #[command(
        after_help = "Example:\n  energiehuis user token --email loket@kortrijk.example --label \"intake form\" --days 90"
    )]
    Token {
        /// Address of the user it stands for
        #[arg(long)]
        email: String,
        /// What it is for
        #[arg(long)]
        label: String,
        /// How many days it works
        #[arg(long, default_value_t = 90)]
        days: u32,
    },
    /// Shut somebody out; running sessions end with the next page
    #[command(after_help = "Example:\n  energiehuis user disable --email an@w13.example")]
    Disable {
        /// Address of the user
        #[arg(long)]
        email: String,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct Add {
    /// Address to sign in with
    #[arg(long)]
    email: String,
    /// Name that colleagues see
    #[arg(long)]
    name: String,
    /// `administrator`, `housing_desk`, `loan_officer`, `committee_member`, `accountant` or `manager`
    #[arg(long)]
    role: Role,
    /// NIS code of the one municipality whose files they see; a housing desk must have one
    #[arg(long)]
    nis: Option<String>,
    /// nl or en
    #[arg(long, default_value = "nl")]
    language: String,
    /// Read the password from the first line of standard input, instead of making one
    #[arg(long)]
    password_stdin: bool,
}

impl User {
    /// Does what was asked.
    pub(super) fn run(self, globals: &Globals) -> Result<(), Failure> {
        house::with_house(globals, async |open| match &self {
            Self::Add(add) => add.run(open).await,
            Self::Token { email, label, days } => {
                let new = NewToken { email: email.clone(), label: label.clone(), days: *days };
                let (token, ends) = users::add_token(&open.house, &Actor::system(), &new).await?;
                print_text(&format!("{token}\nWorks until {ends}. It is not kept and cannot be shown again."));
                Ok(())
            }
            Self::Disable { email } => {
                users::disable(&open.house, &Actor::system(), email).await?;
                print_text(&format!("{email} can no longer sign in."));
                Ok(())
            }
        })
    }
}

impl Add {
    async fn run(&self, open: &Open) -> Result<(), Failure> {
        let typed = if self.password_stdin { Some(first_line()?) } else { None };
        // Twenty hexadecimal digits are 80 bits: more than anybody guesses through the door.
        let password = typed.clone().unwrap_or_else(|| open.house.secrets.token().chars().take(20).collect());
        let new = NewUser {
            email: self.email.clone(),
            name: self.name.clone(),
            role: self.role,
            nis_code: self.nis.clone(),
            password: Some(password.clone()),
            language: self.language.clone(),
        };
        users::add(&open.house, &Actor::system(), new).await?;
        print_text(&format!("{} can sign in as {}.", self.email, self.role));
        if typed.is_none() {
            print_text(&format!("Password: {password}"));
        }
        Ok(())
    }
}

fn first_line() -> Result<String, Failure> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(Failure::input)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
