//! `energiehuis social-service`: whom a family can call, named in every reminder.

use super::house::{self, Globals};
use super::{Failure, print_text};
use crate::services::Actor;
use crate::services::social_services::{SocialService, keep};

/// Keep the social service (OCMW) of a municipality; a second time corrects it
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  energiehuis social-service --nis 34022 --name \"OCMW Kortrijk\" --enterprise-number 0566.988.259 \\\n    \
                  --street \"Budastraat 27\" --town \"8500 Kortrijk\" --phone \"056 00 00 00\" --email sociaal@town.example"
)]
pub(super) struct Arguments {
    /// NIS code of the municipality
    #[arg(long)]
    nis: String,
    /// Its name
    #[arg(long)]
    name: String,
    /// Its enterprise number; it is the legal lender of emergency-buyer loans
    #[arg(long)]
    enterprise_number: String,
    /// Street and number
    #[arg(long)]
    street: String,
    /// Post code and locality
    #[arg(long)]
    town: String,
    /// Phone
    #[arg(long)]
    phone: String,
    /// Mail address
    #[arg(long)]
    email: String,
}

/// Does what was asked.
pub(super) fn run(globals: &Globals, arguments: Arguments) -> Result<(), Failure> {
    let Arguments { nis, name, enterprise_number, street, town, phone, email } = arguments;
    house::with_house(globals, async |open| {
        let service = SocialService { name, enterprise_number, street, town, phone, email };
        keep(&open.house, &Actor::system(), &nis, &service).await?;
        print_text(&format!("{} helps the families of {nis}.", service.name));
        Ok(())
    })
}
