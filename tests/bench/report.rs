//! What was measured, what was promised, and whether the two agree.

use std::process::ExitCode;
use std::time::Duration;

/// Counts the promises that were not kept.
#[derive(Debug, Default)]
pub(crate) struct Report {
    broken: usize,
}

impl Report {
    /// A heading.
    pub(crate) fn about(&self, what: &str) {
        println!("\n{what}");
    }

    /// Words without a figure.
    pub(crate) fn note(&self, words: &str) {
        println!("  {words}");
    }

    /// A figure without a promise.
    pub(crate) fn figure(&self, name: &str, took: Duration, more: &str) {
        println!("  {name:<34} {:>9}  {more}", seconds(took));
    }

    /// Promises that one thing takes at least so many times as long as another.
    pub(crate) fn at_least(&mut self, what: &str, (slow, quick): (Duration, Duration), times: u128) {
        let kept = slow.as_micros() >= quick.as_micros() * times;
        self.verdict(kept, &format!("{what}: {} times, promised at least {times}", ratio(slow, quick)));
    }

    /// Promises that one thing takes at most so many times as long as another.
    pub(crate) fn at_most(&mut self, what: &str, (slow, quick): (Duration, Duration), times: u128) {
        let kept = slow.as_micros() <= quick.as_micros() * times;
        self.verdict(kept, &format!("{what}: {} times, promised at most {times}", ratio(slow, quick)));
    }

    /// Any other promise.
    pub(crate) fn verdict(&mut self, kept: bool, words: &str) {
        println!("  {} {words}", if kept { "kept:  " } else { "BROKEN:" });
        self.broken += usize::from(!kept);
    }

    /// The exit status of the run.
    pub(crate) fn end(self) -> ExitCode {
        if self.broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// “1.234 s”.
fn seconds(took: Duration) -> String {
    format!("{}.{:03} s", took.as_secs(), took.subsec_millis())
}

/// One as a multiple of the other, with two decimals.
fn ratio(one: Duration, other: Duration) -> String {
    let hundredths = one.as_micros() * 100 / other.as_micros().max(1);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
