//! Letters, mails and the post that carries them.

pub(crate) mod first_reminder;
pub(crate) mod post;
mod samples;
