//! The first page: what waits for you.

use askama::Template;

use super::Shown;
use crate::web::frame::{Frame, Me};

#[derive(Template)]
#[template(path = "pages/home.html")]
struct Page {
    f: Frame,
}

/// What waits for who is signed in.
pub(super) async fn show(me: Me) -> Shown {
    super::show(&Page { f: me.frame })
}
