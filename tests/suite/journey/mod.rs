//! Journeys: families through the whole house, by its real doors.
