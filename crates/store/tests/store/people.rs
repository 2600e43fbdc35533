//! People, sessions and the trace of changes.

use otklik_model::{AgentId, Personal, UtcMs};
use otklik_store::{
    Device, DeviceKind, Gender, LINK_LASTS_MS, PasswordHash, Person, PersonChange, Role, StoreError, TokenHash,
};

use crate::place::Place;

fn anna() -> Person {
    Person {
        id: AgentId::new("anna"),
        name: Personal::new("Анна".to_owned()),
        role: Role::Specialist,
        gender: Some(Gender::F),
        password_hash: PasswordHash("$argon2id$first".to_owned()),
        version: 1,
        disabled_at: None,
    }
}

#[tokio::test]
async fn a_stale_change_is_refused_and_every_change_leaves_a_trace() {
    let place = Place::new();
    let store = place.lead().await;
    assert_eq!(store.people_count().await.expect("read"), 0);
    store.create_person(&anna(), "centre", UtcMs(1)).await.expect("created");
    let again = store.create_person(&anna(), "centre", UtcMs(2)).await;
    assert!(matches!(again, Err(StoreError::PersonExists)));
    assert_eq!(store.person(&anna().id).await.expect("read"), Some(anna()));
    assert_eq!(store.people_count().await.expect("read"), 1);

    let hash = PasswordHash("$argon2id$second".to_owned());
    assert_eq!(store.set_password(&anna().id, &hash, 1, "olga", UtcMs(3)).await.expect("set"), 2);
    let stale = store.set_password(&anna().id, &hash, 1, "ivan", UtcMs(4)).await;
    assert!(matches!(stale, Err(StoreError::Stale { expected: 1, stored: 2 })), "{stale:?}");
    let nobody = store.set_password(&AgentId::new("nobody"), &hash, 1, "ivan", UtcMs(5)).await;
    assert!(matches!(nobody, Err(StoreError::NoSuchPerson)));
    let person = store.person(&anna().id).await.expect("read").expect("there");
    assert_eq!((person.password_hash, person.version), (hash, 2));

    let trace = store.audit_newest(10).await.expect("read");
    let trace: Vec<_> = trace.iter().map(|row| (row.at.0, row.who.as_str(), row.what.as_str())).collect();
    assert_eq!(trace, [(3, "olga", "password_set"), (1, "centre", "person_created")]);
    assert!(!format!("{person:?}", person = anna()).contains("argon2id"));
}

#[tokio::test]
async fn sessions_begin_are_seen_and_end() {
    const MINUTE: i64 = 60_000;
    let place = Place::new();
    let store = place.lead().await;
    let (one, two) = (TokenHash::of(b"one"), TokenHash::of(b"two"));
    let nobody = store.create_session(&one, &anna().id, UtcMs(0), UtcMs(MINUTE)).await;
    assert!(matches!(nobody, Err(StoreError::NoSuchPerson)));
    store.create_person(&anna(), "centre", UtcMs(0)).await.expect("created");
    store.create_session(&one, &anna().id, UtcMs(0), UtcMs(10 * MINUTE)).await.expect("begun");
    store.create_session(&two, &anna().id, UtcMs(0), UtcMs(5 * MINUTE)).await.expect("begun");

    let seen = |at| store.find_session(&one, UtcMs(at));
    assert_eq!(seen(MINUTE - 1).await.expect("read").expect("there").last_seen_at, UtcMs(0), "not yet written");
    assert_eq!(seen(2 * MINUTE).await.expect("read").expect("there").last_seen_at, UtcMs(2 * MINUTE));
    assert_eq!(seen(2 * MINUTE + 1).await.expect("read").expect("there").last_seen_at, UtcMs(2 * MINUTE));
    assert_eq!(store.find_session(&TokenHash::of(b"three"), UtcMs(0)).await.expect("read"), None);
    assert_eq!(store.find_session(&two, UtcMs(5 * MINUTE)).await.expect("read"), None, "expired");
    assert_eq!(store.delete_expired_sessions(UtcMs(5 * MINUTE)).await.expect("dropped"), 1);

    store.delete_session(&one, UtcMs(6 * MINUTE)).await.expect("ended");
    store.delete_session(&one, UtcMs(6 * MINUTE)).await.expect("ended already");
    assert_eq!(seen(6 * MINUTE).await.expect("read"), None);
    let whats: Vec<_> = store.audit_newest(10).await.expect("read").into_iter().map(|row| row.what).collect();
    assert_eq!(whats.first().map(String::as_str), Some("signed_out"));
    assert_eq!(whats.iter().filter(|what| *what == "signed_in").count(), 2);

    store.create_session(&one, &anna().id, UtcMs(0), UtcMs(10 * MINUTE)).await.expect("begun");
    store.set_password(&anna().id, &anna().password_hash, 1, "anna", UtcMs(1)).await.expect("set");
    assert_eq!(seen(2).await.expect("read"), None, "a new password ends the sessions");
}

#[tokio::test]
async fn a_link_is_good_once_and_for_a_day() {
    let place = Place::new();
    let store = place.lead().await;
    let nobody = Person { password_hash: PasswordHash(String::new()), ..anna() };
    store.create_person(&nobody, "centre", UtcMs(0)).await.expect("created");
    let (old, new) = (TokenHash::of(b"old"), TokenHash::of(b"new"));
    assert_eq!(store.invite(&anna().id, &old, "olga", UtcMs(0)).await.expect("made"), UtcMs(LINK_LASTS_MS));
    store.invite(&anna().id, &new, "olga", UtcMs(1)).await.expect("made");
    let whose = async |token: &TokenHash, at: i64| {
        store.invited(token, UtcMs(at)).await.expect("read").map(|person| person.id.0)
    };
    assert_eq!(whose(&old, 2).await, None, "the new link replaces the old");
    assert_eq!(whose(&new, LINK_LASTS_MS).await.as_deref(), Some("anna"));
    assert_eq!(whose(&new, LINK_LASTS_MS + 1).await, None, "expired");
    let hash = PasswordHash("$argon2id$first".to_owned());
    let late = store.accept_invitation(&new, &hash, UtcMs(LINK_LASTS_MS + 1)).await.expect("read");
    assert_eq!(late, None, "expired while the page was open");
    let used = store.accept_invitation(&new, &hash, UtcMs(5)).await.expect("used").expect("good");
    assert_eq!((used.version, used.has_password()), (2, true));
    assert_eq!(store.accept_invitation(&new, &hash, UtcMs(6)).await.expect("read"), None, "used");
    assert_eq!(store.person(&anna().id).await.expect("read"), Some(used));
}

#[tokio::test]
async fn whoever_is_switched_off_has_neither_session_nor_link() {
    let place = Place::new();
    let store = place.lead().await;
    store.create_person(&anna(), "centre", UtcMs(0)).await.expect("created");
    let (session, link) = (TokenHash::of(b"session"), TokenHash::of(b"link"));
    store.create_session(&session, &anna().id, UtcMs(0), UtcMs(1_000)).await.expect("begun");
    store.invite(&anna().id, &link, "olga", UtcMs(0)).await.expect("made");
    let change = |role, disabled| PersonChange { name: anna().name, role, gender: None, disabled };
    let kept = store.change_person(&anna().id, &change(Role::Specialist, false), 1, "olga", UtcMs(1)).await;
    assert_eq!(kept.expect("changed").version, 2);
    assert_eq!(store.sessions_of(&anna().id, UtcMs(1)).await.expect("read").len(), 1);
    let stale = store.change_person(&anna().id, &change(Role::Head, false), 1, "ivan", UtcMs(2)).await;
    assert!(matches!(stale, Err(StoreError::Stale { expected: 1, stored: 2 })), "{stale:?}");
    let off = store.change_person(&anna().id, &change(Role::Specialist, true), 2, "olga", UtcMs(3)).await;
    assert_eq!(off.expect("changed").disabled_at, Some(UtcMs(3)));
    assert_eq!(store.find_session(&session, UtcMs(4)).await.expect("read"), None);
    assert_eq!(store.invited(&link, UtcMs(4)).await.expect("read"), None);
    let again = store.create_session(&session, &anna().id, UtcMs(4), UtcMs(1_000)).await;
    assert!(matches!(again, Err(StoreError::NoSuchPerson)), "{again:?}");
    let again = store.invite(&anna().id, &link, "olga", UtcMs(4)).await;
    assert!(matches!(again, Err(StoreError::NoSuchPerson)), "{again:?}");
}

#[tokio::test]
async fn twenty_browsers_are_known_and_a_device_has_versions() {
    let place = Place::new();
    let store = place.lead().await;
    store.create_person(&anna(), "centre", UtcMs(0)).await.expect("created");
    let token = |n: i64| TokenHash::of(n.to_string().as_bytes());
    for n in 0..25 {
        store.remember_browser(&token(n), &anna().id, UtcMs(n)).await.expect("remembered");
    }
    let mut known = Vec::new();
    for n in 0..25 {
        if store.knows_browser(&token(n), &anna().id).await.expect("read") {
            known.push(n);
        }
    }
    assert_eq!(known, (5..25).collect::<Vec<_>>(), "the longest unseen are forgotten");
    assert!(!store.knows_browser(&token(24), &AgentId::new("egor")).await.expect("read"));

    let device = Device { person: anna().id, kind: DeviceKind::Sip("sip:101@192.0.2.1".to_owned()), version: 0 };
    assert_eq!(store.set_device(&device, "olga", UtcMs(1)).await.expect("set"), 1);
    let stale = store.set_device(&device, "ivan", UtcMs(2)).await;
    assert!(matches!(stale, Err(StoreError::Stale { expected: 0, stored: 1 })), "{stale:?}");
    assert_eq!(store.devices().await.expect("read"), [Device { version: 1, ..device }]);
}
