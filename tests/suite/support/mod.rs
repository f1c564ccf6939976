//! What every integration test stands on: a database of its own on a shared private PostgreSQL, a clock to move,
//! identifiers from a seed, and a check at the end that nothing was left over.

pub(crate) mod database;
pub(crate) mod house;
pub(crate) mod program;
pub(crate) mod smtp;
pub(crate) mod town;
pub(crate) mod wire;

pub(crate) use house::TestHouse;
