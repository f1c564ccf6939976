//! The first page: what waits for you.

use askama::Template;
use axum::extract::State;

use super::Shown;
use crate::domain::access::Permission;
use crate::domain::money::Money;
use crate::services::desk::{self, Waiting};
use crate::web::AppState;
use crate::web::frame::{Frame, Me};

/// The look of a tile that asks for nothing.
const NOTHING: &str = "nothing";

/// One thing that waits.
struct Tile {
    href: &'static str,
    figure: String,
    words: String,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "pages/home.html")]
struct Page {
    f: Frame,
    tiles: Vec<Tile>,
    oldest_days: Option<i64>,
    nothing: bool,
    may_make: bool,
}

/// What waits for who is signed in.
pub(super) async fn show(State(app): State<AppState>, me: Me) -> Shown {
    let house = app.house();
    let waiting = desk::waiting(house, &me.actor).await?;
    let oldest_days = waiting.oldest.map(|since| (house.clock.now() - since).num_days());
    let tiles = tiles(&me.frame, &waiting);
    let nothing = tiles.iter().all(|tile| tile.tone == NOTHING);
    let may_make = me.frame.may(Permission::MakeApplications);
    super::show(&Page { f: me.frame, tiles, oldest_days, nothing, may_make })
}

fn tiles(f: &Frame, waiting: &Waiting) -> Vec<Tile> {
    let mut tiles = Vec::new();
    let mut add = |href, key: &str, count: Option<i64>, tone| {
        if let Some(count) = count {
            let words = f.t1(key, "count", count);
            tiles.push(Tile { href, figure: count.to_string(), words, tone: if count == 0 { NOTHING } else { tone } });
        }
    };
    add("/applications?waiting=me", "home-to-vote", waiting.to_vote, "warn");
    add("/applications?state=submitted", "home-to-decide", waiting.to_decide, "warn");
    add("/applications?state=approved", "home-to-sign", waiting.to_sign, "warn");
    add("/loans?show=invoices", "home-invoices", waiting.invoices, "warn");
    add("/bank", "home-suspense", waiting.suspense, "warn");
    add("/payments", "home-releases", waiting.releases, "warn");
    add("/collections", "home-collection-files", waiting.collection_files, "warn");
    add("/collections#returns", "home-returns", waiting.returns, "warn");
    add("/payment-orders?state=ordered", "home-orders", waiting.orders, "");
    add("/jobs", "home-failed-jobs", waiting.failed_jobs, "bad");
    add("/letters", "home-failed-letters", waiting.failed_letters, "bad");
    if let Some((count, sum)) = waiting.overdue {
        let sum: Money = sum;
        let words = f.tn("home-overdue", [("count", count.to_string()), ("sum", f.money(sum))]);
        let tone = if count == 0 { NOTHING } else { "bad" };
        tiles.push(Tile { href: "/loans?show=overdue", figure: count.to_string(), words, tone });
    }
    // What is wrong first, then what waits; what asks for nothing comes last.
    tiles.sort_by_key(|tile| match tile.tone {
        "bad" => 0,
        "warn" => 1,
        NOTHING => 3,
        _ => 2,
    });
    tiles
}
