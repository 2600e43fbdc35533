//! People, sessions and the trace of changes.

use otklik_model::{AgentId, Personal, UtcMs};
use otklik_store::{Gender, PasswordHash, Person, Role, StoreError, TokenHash};

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
