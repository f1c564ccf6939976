//! Letters, mails and the post that carries them.

mod first_reminder;
mod post;
mod samples;
