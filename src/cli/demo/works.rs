//! What a family has done to its house, and what that costs.

use chrono::NaiveDate;

use super::dice::Dice;
use super::family::{Fate, Flaw, PlannedWork};
use super::towns::FIRMS;
use crate::domain::application::WorkKind;
use crate::domain::money::Money;
use crate::domain::product::Product;

/// Works as people describe them, with what they cost in whole euros: from, to.
struct Offer {
    kind: WorkKind,
    description: &'static str,
    improves_energy: bool,
    structural: bool,
    price: (u32, u32),
}

const fn offer(kind: WorkKind, description: &'static str, purpose: (bool, bool), price: (u32, u32)) -> Offer {
    Offer { kind, description, improves_energy: purpose.0, structural: purpose.1, price }
}

const ENERGY: (bool, bool) = (true, false);
const STRUCTURE: (bool, bool) = (false, true);
const BOTH: (bool, bool) = (true, true);

/// Works that pay back in energy, and nothing else.
const ENERGY_WORKS: [Offer; 6] = [
    offer(WorkKind::Roof, "Dakisolatie hellend dak", ENERGY, (3_400, 9_800)),
    offer(WorkKind::WallInsulation, "Na-isolatie van de spouwmuur", ENERGY, (1_800, 4_600)),
    offer(WorkKind::Glazing, "Hoogrendementsglas en ramen", ENERGY, (4_200, 12_400)),
    offer(WorkKind::Heating, "Condensatieketel op gas", ENERGY, (3_900, 6_400)),
    offer(WorkKind::HeatPump, "Warmtepompboiler", ENERGY, (2_600, 4_100)),
    offer(WorkKind::SolarPanels, "Zonnepanelen, 12 stuks", ENERGY, (4_800, 7_200)),
];

/// What a bad house needs first.
const REPAIRS: [Offer; 4] = [
    offer(WorkKind::Electricity, "Elektrische installatie vernieuwen en keuren", STRUCTURE, (5_200, 9_800)),
    offer(WorkKind::Damp, "Muren behandelen tegen opstijgend vocht", STRUCTURE, (3_600, 8_400)),
    offer(WorkKind::Structure, "Draagvloer en trap herstellen", STRUCTURE, (4_500, 11_000)),
    offer(WorkKind::Sanitary, "Badkamer, toilet en afvoer vernieuwen", STRUCTURE, (5_500, 10_500)),
];

/// The works that both repair and save.
const ROOFS: [Offer; 2] = [
    offer(WorkKind::Roof, "Dak vernieuwen en isoleren", BOTH, (14_000, 24_000)),
    offer(WorkKind::Glazing, "Rotte ramen en deuren vervangen", BOTH, (9_500, 17_000)),
];

/// The works of a family and the sum it asks for.
pub(super) fn planned(product: Product, on: NaiveDate, fate: Fate, dice: &mut Dice) -> (Vec<PlannedWork>, Money) {
    let offers: Vec<&Offer> = match product {
        Product::EnergyLoan => {
            let first = dice.between(0, 5);
            let second = dice.percent(55).then(|| (first + dice.between(1, 5)) % 6);
            let at = |n: u32| &ENERGY_WORKS[usize::try_from(n).unwrap_or(0)];
            std::iter::once(at(first)).chain(second.map(at)).collect()
        }
        _ => vec![dice.pick(&ROOFS), dice.pick(&REPAIRS), dice.pick(&ENERGY_WORKS[1..4])],
    };
    let mut works: Vec<PlannedWork> = offers.into_iter().map(|offer| quoted(offer, dice)).collect();
    let mut kinds = Vec::new();
    works.retain(|work| {
        let is_first = !kinds.contains(&work.kind);
        kinds.push(work.kind);
        is_first
    });
    let total: Money = works.iter().map(|work| work.quoted).sum();
    let ceiling = ceiling(product, on);
    let amount = if fate == Fate::NotEligible(Flaw::TooMuch) {
        let missing = (ceiling + Money::from_euros(2_500) - total).or_zero();
        if let Some(work) = works.first_mut() {
            work.quoted += missing;
        }
        ceiling + Money::from_euros(2_500)
    } else {
        total.min(ceiling)
    };
    (works, amount)
}

fn quoted(offer: &Offer, dice: &mut Dice) -> PlannedWork {
    let (least, most) = offer.price;
    let firms: Vec<usize> =
        FIRMS.iter().enumerate().filter(|(_, firm)| firm.trades.contains(&offer.kind)).map(|(at, _)| at).collect();
    let firm = if firms.is_empty() { FIRMS.len() - 1 } else { *dice.pick(&firms) };
    PlannedWork {
        kind: offer.kind,
        description: offer.description,
        improves_energy: offer.improves_energy,
        structural: offer.structural,
        firm,
        quoted: Money::from_euros(i64::from(dice.between(least / 50, most / 50) * 50)),
    }
}

/// What families were told they could ask. The dated rules of the house are what judges.
fn ceiling(product: Product, on: NaiveDate) -> Money {
    let day = |year, month| NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default();
    Money::from_euros(match product {
        Product::EnergyLoan => 15_000,
        Product::EmergencyBuyer if on >= day(2022, 9) => 50_000,
        Product::EmergencyBuyer if on < day(2021, 1) => 25_000,
        _ => 30_000,
    })
}
