//! Journeys: families through the whole house, by its real doors, on a moved clock.

mod doors;
mod emergency_buyer;
mod first_family;
mod refusals;
