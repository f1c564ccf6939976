//! Coming in, staying in, and being kept out.

use chrono::TimeDelta;
use energiehuis::domain::access::Role;
use energiehuis::services::Actor;
use energiehuis::services::users::disable;
use reqwest::StatusCode;

use super::{OpenHouse, PASSWORD, address_of};

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_signed_in_is_led_to_the_door_and_back() {
    let open = OpenHouse::new().await;
    let answer = open.client().get(open.url("/loans?show=overdue")).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(answer.headers()["location"], "/sign-in?next=/loans%3Fshow%3Doverdue");
    open.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    let open = OpenHouse::new().await;
    let client = open.client();
    let mut pages = Vec::new();
    for email in [address_of(Role::Manager), "nobody@w13.example".to_owned()] {
        let typed = [("email", email.as_str()), ("password", "not the password"), ("next", "")];
        let answer = client.post(open.url("/sign-in")).form(&typed).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        pages.push(answer.text().await.unwrap().replace(&email, ""));
    }
    assert_eq!(pages[0], pages[1]);
    open.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_five_wrong_passwords_even_the_right_one_waits_a_quarter_of_an_hour() {
    let open = OpenHouse::new().await;
    let client = open.client();
    let email = address_of(Role::Manager);
    for _ in 0..5 {
        open.enter(&client, &email, "not the password").await;
    }
    assert_eq!(open.enter(&client, &email, PASSWORD).await, StatusCode::TOO_MANY_REQUESTS);
    open.house.hand.advance(TimeDelta::minutes(16));
    assert_eq!(open.enter(&client, &email, PASSWORD).await, StatusCode::SEE_OTHER);
    open.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_when_nobody_uses_it_and_lasts_while_somebody_does() {
    let open = OpenHouse::new().await;
    let client = open.signed_in(Role::Manager).await;
    for _ in 0..3 {
        open.house.hand.advance(TimeDelta::hours(7));
        assert_eq!(open.status(&client, "/").await, 200);
    }
    open.house.hand.advance(TimeDelta::hours(9));
    assert_eq!(open.status(&client, "/").await, 303);
    open.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_is_shut_out_is_out_at_once_and_cannot_come_back() {
    let open = OpenHouse::new().await;
    let client = open.signed_in(Role::Manager).await;
    assert_eq!(open.status(&client, "/").await, 200);
    disable(&open.house.house, &Actor::system(), &address_of(Role::Manager)).await.unwrap();
    assert_eq!(open.status(&client, "/").await, 303);
    let again = open.enter(&open.client(), &address_of(Role::Manager), PASSWORD).await;
    assert_eq!(again, StatusCode::UNPROCESSABLE_ENTITY);
    open.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_gives_a_new_secret_and_signing_out_ends_it() {
    let open = OpenHouse::new().await;
    let client = open.client();
    // A choice of language opens a session before anybody has signed in.
    let before = client.post(open.url("/language")).form(&[("language", "en"), ("back", "/sign-in")]).send().await;
    let before = before.unwrap().headers()["set-cookie"].to_str().unwrap().to_owned();
    let typed = [("email", address_of(Role::Manager)), ("password", PASSWORD.to_owned()), ("next", String::new())];
    let answer = client.post(open.url("/sign-in")).form(&typed).send().await.unwrap();
    let after = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert_ne!(before.split(';').next(), after.split(';').next());
    assert!(after.contains("HttpOnly") && after.contains("SameSite=Lax"), "{after}");
    assert!(open.text(&client, "/").await.contains("<html lang=\"en\">"), "the choice of language is kept");
    let stolen = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let with = |cookie: &str| stolen.get(open.url("/")).header("cookie", cookie.split(';').next().unwrap().to_owned());
    assert_eq!(with(&before).send().await.unwrap().status(), StatusCode::SEE_OTHER);
    assert_eq!(with(&after).send().await.unwrap().status(), StatusCode::OK);
    client.post(open.url("/sign-out")).send().await.unwrap();
    assert_eq!(with(&after).send().await.unwrap().status(), StatusCode::SEE_OTHER);
    open.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_another_site_does_nothing() {
    let open = OpenHouse::new().await;
    let client = open.signed_in(Role::Manager).await;
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
        let answer = client.post(open.url("/sign-out")).header(name, value).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{name}");
        assert!(answer.text().await.unwrap().contains("andere website"), "{name}");
    }
    assert_eq!(open.status(&client, "/").await, 200, "still signed in");
    open.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_keeps_itself_to_this_house() {
    let open = OpenHouse::new().await;
    for path in ["/sign-in", "/static/mark.svg", "/no-such-page"] {
        let answer = open.client().get(open.url(path)).send().await.unwrap();
        let policy = answer.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe") && !policy.contains("script-src"), "{path}: {policy}");
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff", "{path}");
    }
    open.finish().await;
}
