//! Makes the families, all from one stream of chance.

use std::collections::HashSet;

use chrono::{Datelike, Days, NaiveDate};

use super::dice::Dice;
use super::family::{Family, Fate, Flaw, Habit, Member, Tale};
use super::scale::{Scale, last_day_of_energy_loan};
use super::towns::{FAMILY_NAMES, GIVEN_NAMES, TOWNS, Town, town_of};
use super::works;
use crate::domain::money::Money;
use crate::domain::product::Product;

/// Towns whose OCMW has an approved project, with how many of a hundred requests come from there.
const PROJECT_TOWNS: [(&str, u32); 6] =
    [("34022", 46), ("34027", 17), ("34013", 13), ("34040", 9), ("34041", 8), ("34042", 7)];
/// Towns that gave to the rolling fund.
const ROLLING_TOWNS: [(&str, u32); 3] = [("34022", 50), ("34013", 25), ("34027", 25)];

/// How borrowers with instalments pay, in turn.
const HABITS: [Habit; 20] = [
    Habit::OnTime,
    Habit::ByBudgetManager,
    Habit::Stops(4),
    Habit::OnTime,
    Habit::PaysOff(26),
    Habit::Early(3),
    Habit::OnTime,
    Habit::Forgets,
    Habit::ByBudgetManager,
    Habit::OnTime,
    Habit::Late(18),
    Habit::OnTime,
    Habit::Halves(14),
    Habit::OnTime,
    Habit::Stops(2),
    Habit::OnTime,
    Habit::Mistypes,
    Habit::Early(1),
    Habit::ByBudgetManager,
    Habit::Late(12),
];

/// Families with an energy loan who sign a mandate in the end, by their place, and what happens to it.
const MANDATES: [(u32, Tale); 11] = [
    (0, Tale::Steady),
    (3, Tale::LacksMoney(5)),
    (9, Tale::MovesBank),
    (13, Tale::TakesBack),
    (20, Tale::ClosesAccount),
    (26, Tale::Joins(12)),
    (29, Tale::Stops),
    (31, Tale::Joins(6)),
    (33, Tale::LacksMoney(0)),
    (35, Tale::Joins(2)),
    (43, Tale::Steady),
];

/// Makes all families of the story, in the order in which they ask.
pub(super) fn families(scale: Scale, dice: &mut Dice) -> Vec<Family> {
    let mut census = Census { scale, dice, birthdays: HashSet::new(), addresses: HashSet::new() };
    let energy = scale.families * 42 / 100;
    let rolling = (scale.families * 6 / 100).max(2);
    let buyers = scale.families.saturating_sub(energy + rolling);
    let mut requests: Vec<(NaiveDate, Product, Fate, Habit)> = Vec::new();
    requests.extend((0..energy).map(|n| census.energy_request(n, energy)));
    requests.extend((0..rolling).map(|n| census.rolling_request(n)));
    requests.extend((0..buyers).map(|n| census.buyer_request(n, buyers)));
    requests.retain(|(applied_on, ..)| *applied_on <= scale.last_day());
    requests.sort_by_key(|(applied_on, ..)| *applied_on);
    (0..).zip(requests).map(|(number, request)| census.family(number, request)).collect()
}

struct Census<'a> {
    scale: Scale,
    dice: &'a mut Dice,
    birthdays: HashSet<NaiveDate>,
    addresses: HashSet<(&'static str, &'static str, u32)>,
}

impl Census<'_> {
    /// The n-th of so many days spread over a time, a few days to and fro.
    fn spread(&mut self, (from, until): (NaiveDate, NaiveDate), n: u32, of: u32) -> NaiveDate {
        let days = u32::try_from((until - from).num_days()).unwrap_or(0);
        let slot = (days / of.max(1)).max(1);
        let day = (n * days / of.max(1) + self.dice.between(0, slot.saturating_sub(1))).min(days);
        from + Days::new(u64::from(day))
    }

    fn energy_request(&mut self, n: u32, of: u32) -> (NaiveDate, Product, Fate, Habit) {
        let until = last_day_of_energy_loan().min(self.scale.last_day());
        let fate = match n % 17 {
            6 => Fate::NotEligible(Flaw::Income),
            11 => Fate::Withdrawn,
            15 => Fate::NotEligible(Flaw::TooMuch),
            _ => Fate::Runs,
        };
        let tale = MANDATES.iter().find(|(place, _)| *place == n).map(|(_, tale)| Habit::ByDebit(*tale));
        let habit = tale.unwrap_or(HABITS[usize::try_from(n).unwrap_or(0) % HABITS.len()]);
        (self.spread((Scale::first_day(), until), n, of), Product::EnergyLoan, fate, habit)
    }

    /// The pilot of the first year; later families are helped with what came back.
    fn rolling_request(&mut self, n: u32) -> (NaiveDate, Product, Fate, Habit) {
        let first = Scale::first_day();
        let day = |days: u32| first + Days::new(u64::from(days));
        let (from, fate, habit) = match n {
            0 => (day(32), Fate::Runs, Habit::PaysOff(30)),
            1 => (day(75), Fate::Runs, Habit::OnTime),
            2 => (day(120), Fate::Runs, Habit::OnTime),
            3 => (day(180), Fate::Runs, Habit::OnTime),
            4 => (day(300), Fate::NotEligible(Flaw::OtherHouse), Habit::OnTime),
            5 => (day(1500), Fate::Runs, Habit::OnTime),
            _ => (day(1900), Fate::Runs, Habit::OnTime),
        };
        (from + Days::new(u64::from(self.dice.between(0, 20))), Product::RollingFund, fate, habit)
    }

    /// Three of four through all the years, the others in the last months: a house where families wait.
    fn buyer_request(&mut self, n: u32, of: u32) -> (NaiveDate, Product, Fate, Habit) {
        let last = self.scale.last_day();
        let recent = last - Days::new(185);
        let late = (of / 4).max(1);
        let early = of - late;
        let first = Scale::first_day() + Days::new(20);
        let day = if n < early {
            self.spread((first, recent), n, early)
        } else {
            self.spread((recent, last - Days::new(3)), n - early, late)
        };
        let at_the_end = self.scale.families >= 60 && (early + 1..early + 4).contains(&n);
        let day = if at_the_end { last - Days::new(56 + u64::from(n - early)) } else { day };
        let fate = match n % 16 {
            _ if at_the_end => Fate::YesAtTheEnd,
            3 => Fate::NotEligible(Flaw::OtherHouse),
            6 => Fate::PaperMissing,
            9 => Fate::Withdrawn,
            12 => Fate::NotEligible(Flaw::Income),
            15 => Fate::WithdrawnAfterYes,
            _ => Fate::Runs,
        };
        let habit = match n {
            1 => Habit::ByDebit(Tale::Idle),
            2 => Habit::ByDebit(Tale::EndsSoon),
            4 => Habit::PaysOff(31),
            10 => Habit::PaysOff(22),
            _ => Habit::OnTime,
        };
        (day, Product::EmergencyBuyer, fate, habit)
    }

    fn family(&mut self, number: u32, request: (NaiveDate, Product, Fate, Habit)) -> Family {
        let (applied_on, product, fate, habit) = request;
        let town = self.town(product);
        let (street, house_number) = self.address(town);
        let family_name = *self.dice.pick(&FAMILY_NAMES);
        let mut members = vec![self.member(number, family_name, applied_on)];
        if self.dice.percent(55) {
            let other_name = *self.dice.pick(&FAMILY_NAMES);
            members.push(self.member(number, other_name, applied_on));
        }
        let (works, amount) = works::planned(product, applied_on, fate, self.dice);
        let dependants = self.dice.between(0, 3);
        let income = self.income(product, fate, members.len());
        // Who will stop or pay off early is somebody whose loan still runs by then.
        let terms: &[u32] = match habit {
            Habit::Stops(_) | Habit::PaysOff(_) | Habit::Mistypes | Habit::Forgets | Habit::ByDebit(_) => &[96, 120],
            _ => &[36, 48, 60, 60, 84, 96, 120],
        };
        let instalments = (product == Product::EnergyLoan).then(|| *self.dice.pick(terms));
        Family {
            number,
            members,
            town,
            street,
            house_number,
            built_in: self.dice.between(1905, 1974),
            epc_label: self.dice.pick::<&str>(&["D", "E", "E", "F", "F", "F"]),
            product,
            applied_on,
            amount,
            instalments,
            works,
            income,
            dependants,
            fate,
            habit,
        }
    }

    fn town(&mut self, product: Product) -> &'static Town {
        let shares: Vec<(&str, u32)> = match product {
            Product::EmergencyBuyer => PROJECT_TOWNS.to_vec(),
            Product::RollingFund => ROLLING_TOWNS.to_vec(),
            _ => TOWNS.iter().map(|town| (town.nis_code, town.share)).collect(),
        };
        let mut left = self.dice.between(1, shares.iter().map(|(_, share)| share).sum());
        for (nis_code, share) in shares {
            if left <= share {
                return town_of(nis_code);
            }
            left -= share;
        }
        &TOWNS[0]
    }

    /// A street and a number that no other family of the demo has.
    fn address(&mut self, town: &'static Town) -> (&'static str, u32) {
        loop {
            let (street, number) = (*self.dice.pick(town.streets), self.dice.between(1, 190));
            if self.addresses.insert((town.nis_code, street, number)) {
                return (street, number);
            }
        }
    }

    fn member(&mut self, number: u32, family_name: &'static str, applied_on: NaiveDate) -> Member {
        let given_name = *self.dice.pick(&GIVEN_NAMES);
        let born_on = loop {
            let days = self.dice.between(24 * 365, 57 * 365);
            let day = applied_on - Days::new(u64::from(days));
            // The national number of nobody has one counter: a birth date of one's own makes it unique.
            let key = NaiveDate::from_ymd_opt(2000 + day.year() % 100, day.month(), day.day()).unwrap_or(day);
            if self.birthdays.insert(key) {
                break day;
            }
        };
        let plain: String = format!("{given_name}.{family_name}")
            .to_lowercase()
            .replace('è', "e")
            .chars()
            .filter(|sign| sign.is_ascii_alphanumeric() || *sign == '.')
            .collect();
        let email = self.dice.percent(85).then(|| format!("{plain}.{number}@gezin.invalid"));
        let language = if self.dice.percent(93) { "nl" } else { "en" };
        Member { given_name, family_name, born_on, email, language }
    }

    fn income(&mut self, product: Product, fate: Fate, members: usize) -> Money {
        let most = match (product, members) {
            (Product::EnergyLoan, _) => 31_000,
            (_, 1) => 33_000,
            _ => 46_000,
        };
        let least = 14_500;
        let euros = match fate {
            Fate::NotEligible(Flaw::Income) => self.dice.between(82_000, 96_000),
            _ => self.dice.between(least, most),
        };
        Money::from_cents(i64::from(euros) * 100 + i64::from(self.dice.between(0, 99)))
    }
}
