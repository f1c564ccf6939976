//! Who works in the demo house: one account per role, and the second pair of eyes.

use super::dice::Dice;
use super::errands::told;
use super::numbers;
use super::towns::TOWNS;
use crate::cli::Failure;
use crate::domain::access::Role;
use crate::services::social_services::{SocialService, keep};
use crate::services::users::{self, NewUser};
use crate::services::{Actor, House};

/// Words of passwords. For a house with invented families only.
const WORDS: [&str; 32] = [
    "appel",
    "baksteen",
    "dakgoot",
    "emmer",
    "fietsbel",
    "gordijn",
    "hamer",
    "isolatie",
    "jasmijn",
    "kachel",
    "ladder",
    "mortel",
    "nagel",
    "ooievaar",
    "plafond",
    "raamkozijn",
    "schouw",
    "tegel",
    "venster",
    "waterpas",
    "zolder",
    "balk",
    "dorpel",
    "gevel",
    "kelder",
    "leien",
    "muur",
    "pannen",
    "spouw",
    "trap",
    "voeg",
    "warmte",
];

/// Everybody who works here.
const PEOPLE: [(&str, &str, Role, Option<&str>); 9] = [
    ("beheer", "Ann Beheerder", Role::Administrator, None),
    ("woonloket.kortrijk", "Karel Woonloket", Role::HousingDesk, Some("34022")),
    ("dossiers", "Dorien Dossiers", Role::LoanOfficer, None),
    ("dossiers2", "Daan Dossiers", Role::LoanOfficer, None),
    ("comite", "Carine Comité", Role::CommitteeMember, None),
    ("comite2", "Chris Comité", Role::CommitteeMember, None),
    ("comite3", "Cem Comité", Role::CommitteeMember, None),
    ("boekhouding", "Bea Boekhouding", Role::Accountant, None),
    ("directie", "Dirk Directie", Role::Manager, None),
];

/// An account that somebody can sign in with.
#[derive(Debug, Clone)]
pub(super) struct Account {
    pub(super) role: Role,
    pub(super) email: String,
    pub(super) password: String,
}

/// The people of the house as those who ask.
#[derive(Debug, Clone)]
pub(super) struct Staff {
    pub(super) desk: Actor,
    pub(super) officers: [Actor; 2],
    pub(super) committee: [Actor; 3],
    pub(super) accountant: Actor,
    pub(super) manager: Actor,
}

/// The accounts of a seed, one per role and two of the committee, because it takes two to say yes; the same as
/// those that [`hire`] made.
pub(super) fn accounts(dice: &mut Dice) -> Vec<Account> {
    let mut first: Vec<Account> = Vec::new();
    for account in all_accounts(dice) {
        let most = if account.role == Role::CommitteeMember { 2 } else { 1 };
        if first.iter().filter(|known| known.role == account.role).count() < most {
            first.push(account);
        }
    }
    first
}

fn all_accounts(dice: &mut Dice) -> Vec<Account> {
    let account = |(mailbox, _, role, _): &(&str, &str, Role, Option<&str>)| {
        let words: Vec<&str> = (0..3).map(|_| *dice.pick(&WORDS)).collect();
        Account {
            role: *role,
            email: format!("{mailbox}@energiehuis.invalid"),
            password: format!("{}-{}", words.join("-"), dice.between(1000, 9999)),
        }
    };
    PEOPLE.iter().map(account).collect()
}

/// Tells the house which social service helps the families of each town.
pub(super) async fn introduce(house: &House) -> Result<(), Failure> {
    for (n, town) in (0..).zip(&TOWNS) {
        let service = SocialService {
            name: format!("OCMW {}", town.name),
            enterprise_number: numbers::enterprise_number(200 + n)?.canonical(),
            street: format!("{} 1", town.streets[0]),
            town: format!("{} {}", town.postcode, town.name),
            phone: format!("056 00 00 {n:02}"),
            email: format!("ocmw.{}@gemeente.invalid", town.name.to_lowercase()),
        };
        keep(house, &Actor::system(), town.nis_code, &service).await.map_err(told)?;
    }
    Ok(())
}

/// Gives everybody an account.
pub(super) async fn hire(house: &House, dice: &mut Dice) -> Result<Staff, Failure> {
    let mut actors = Vec::new();
    for (account, (_, name, role, nis_code)) in all_accounts(dice).into_iter().zip(PEOPLE) {
        let new = NewUser {
            email: account.email,
            name: name.to_owned(),
            role,
            nis_code: nis_code.map(str::to_owned),
            password: Some(account.password),
            language: "nl".to_owned(),
        };
        let user_id = users::add(house, &Actor::system(), new).await.map_err(told)?;
        actors.push(Actor { user_id, role, nis_code: nis_code.map(str::to_owned) });
    }
    match <[Actor; 9]>::try_from(actors) {
        Ok([_, desk, officer, officer2, one, two, three, accountant, manager]) => {
            Ok(Staff { desk, officers: [officer, officer2], committee: [one, two, three], accountant, manager })
        }
        Err(_) => Err(Failure::Unavailable("the demo house has not hired everybody".to_owned())),
    }
}
