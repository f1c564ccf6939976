//! Tells Cargo that a new migration is a reason to build again: `sqlx::migrate!` reads the folder, and a stable
//! compiler cannot know that.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
