//! The thirteen municipalities with streets as Flemish towns have them, and the firms that work there. All
//! firms are invented.

use crate::domain::application::WorkKind;

/// A municipality and the streets that the demo's families live in.
#[derive(Debug)]
pub(super) struct Town {
    /// Its NIS code, as in the table of municipalities.
    pub(super) nis_code: &'static str,
    /// Its name.
    pub(super) name: &'static str,
    /// Its main postcode.
    pub(super) postcode: &'static str,
    /// How many of a hundred families live there.
    pub(super) share: u32,
    /// Streets.
    pub(super) streets: &'static [&'static str],
}

/// NIS code, name and postcode; share; streets.
const fn town(
    (nis_code, name, postcode): (&'static str, &'static str, &'static str),
    share: u32,
    streets: &'static [&'static str],
) -> Town {
    Town { nis_code, name, postcode, share, streets }
}

/// The members of W13; the shares add up to a hundred.
pub(super) const TOWNS: [Town; 13] = [
    town(
        ("34022", "Kortrijk", "8500"),
        33,
        &["Zwevegemsestraat", "Proosdijstraat", "Stasegemsestraat", "Spoorweglaan", "Gentsesteenweg", "Veemarktstraat"],
    ),
    town(("34027", "Menen", "8930"), 13, &["Ieperstraat", "Bruggestraat", "Kortrijkstraat", "Noorderlaan"]),
    town(("34013", "Harelbeke", "8530"), 11, &["Gentsestraat", "Stasegemdorp", "Overleiestraat", "Zandbergstraat"]),
    town(("34040", "Waregem", "8790"), 9, &["Stormestraat", "Zultseweg", "Kerkstraat", "Holstraat"]),
    town(("34041", "Wevelgem", "8560"), 9, &["Menenstraat", "Roeselarestraat", "Lauwestraat"]),
    town(("34042", "Zwevegem", "8550"), 7, &["Otegemstraat", "Kortrijkstraat", "Avelgemstraat"]),
    town(("34023", "Kuurne", "8520"), 4, &["Brugsesteenweg", "Harelbeeksestraat"]),
    town(("34002", "Anzegem", "8570"), 3, &["Kerkstraat", "Vichteplaats"]),
    town(("34003", "Avelgem", "8580"), 3, &["Doorniksesteenweg", "Oudenaardsesteenweg"]),
    town(("34009", "Deerlijk", "8540"), 3, &["Hoogstraat", "Waregemstraat"]),
    town(("37017", "Wielsbeke", "8710"), 2, &["Rijksweg", "Ooigemstraat"]),
    town(("34025", "Lendelede", "8860"), 2, &["Dorpsplein", "Rozebeeksestraat"]),
    town(("34043", "Spiere-Helkijn", "8587"), 1, &["Oudenaardseweg", "Robecijnplein"]),
];

/// The town of a NIS code; Kortrijk for one that is not ours.
pub(super) fn town_of(nis_code: &str) -> &'static Town {
    TOWNS.iter().find(|town| town.nis_code == nis_code).unwrap_or(&TOWNS[0])
}

/// Given names, with those of people who bought a house between 25 and 60 years old today.
pub(super) const GIVEN_NAMES: [&str; 48] = [
    "An",
    "Bart",
    "Caroline",
    "Dirk",
    "Els",
    "Filip",
    "Griet",
    "Hans",
    "Ilse",
    "Jan",
    "Katrien",
    "Lieven",
    "Marleen",
    "Nico",
    "Ortwin",
    "Petra",
    "Rik",
    "Sofie",
    "Tom",
    "Veerle",
    "Wim",
    "Yasmina",
    "Mohamed",
    "Fatima",
    "Samira",
    "Youssef",
    "Ewa",
    "Piotr",
    "Elena",
    "Ionut",
    "Lotte",
    "Jonas",
    "Femke",
    "Stijn",
    "Hanne",
    "Pieter",
    "Nele",
    "Kevin",
    "Kelly",
    "Sarah",
    "Thomas",
    "Ellen",
    "Bram",
    "Eline",
    "Ruben",
    "Charlotte",
    "Joren",
    "Maaike",
];

/// Family names.
pub(super) const FAMILY_NAMES: [&str; 48] = [
    "Vanhoutte",
    "Deprez",
    "Vandenbulcke",
    "Callens",
    "Debruyne",
    "Vanneste",
    "Lefevere",
    "Desmet",
    "Verhaeghe",
    "Claeys",
    "Vandewalle",
    "Depoorter",
    "Bekaert",
    "Dewitte",
    "Vercruysse",
    "Lagae",
    "Decock",
    "Vansteenkiste",
    "Hoste",
    "Vanhee",
    "Baert",
    "Naessens",
    "Devos",
    "Ghesquière",
    "Maes",
    "Parmentier",
    "Dujardin",
    "Vandamme",
    "Bossuyt",
    "Seynaeve",
    "Degroote",
    "Vermeersch",
    "Windels",
    "Buyse",
    "Tanghe",
    "Dewaele",
    "El Amrani",
    "Benali",
    "Kowalski",
    "Popescu",
    "Yilmaz",
    "Haddad",
    "Nowak",
    "Vermeulen",
    "Lambrecht",
    "Messiaen",
    "Roelens",
    "Coopman",
];

/// A firm that does works; invented.
#[derive(Debug)]
pub(super) struct Firm {
    /// Its name.
    pub(super) name: &'static str,
    /// What it does.
    pub(super) trades: &'static [WorkKind],
}

use WorkKind as Work;

/// Firms; their numbers and accounts follow from their place in this list.
pub(super) const FIRMS: [Firm; 12] = [
    Firm { name: "Dakwerken Leievallei BV", trades: &[Work::Roof] },
    Firm { name: "Pannendak Zuid BV", trades: &[Work::Roof] },
    Firm { name: "Raamatelier Guldenspoor BV", trades: &[Work::Glazing] },
    Firm { name: "Ramen Tiegemberg BV", trades: &[Work::Glazing] },
    Firm { name: "Isolatie Mandel BV", trades: &[Work::WallInsulation, Work::FloorInsulation] },
    Firm { name: "Warme Muur CV", trades: &[Work::WallInsulation, Work::FloorInsulation] },
    Firm { name: "Ketel en Zoon BV", trades: &[Work::Heating, Work::HeatPump] },
    Firm { name: "Warmtepomp West BV", trades: &[Work::HeatPump, Work::Heating] },
    Firm { name: "Elektro Broeltorens BV", trades: &[Work::Electricity, Work::SolarPanels] },
    Firm { name: "Zonnedak Scheldeland BV", trades: &[Work::SolarPanels] },
    Firm { name: "Droge Kelder BV", trades: &[Work::Damp, Work::Structure] },
    Firm { name: "Renovatie Overleie BV", trades: &[Work::Structure, Work::Sanitary, Work::Ventilation] },
];
