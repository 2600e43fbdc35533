//! Documents with versions, and the sounds that they name.

use otklik_model::UtcMs;
use otklik_store::StoreError;

use crate::place::Place;

#[tokio::test]
async fn a_document_keeps_its_versions_and_refuses_a_stale_one() {
    let place = Place::new();
    let store = place.lead().await;
    let save =
        async |body: &str, version, at| store.save_setting("line", "main", body, version, "oleg", UtcMs(at)).await;
    assert_eq!(save("one", 0, 1).await.expect("saved").version, 1);
    let twice = save("two", 0, 2).await;
    assert!(matches!(twice, Err(StoreError::Stale { expected: 0, stored: 1 })), "{twice:?}");
    assert_eq!(save("two", 1, 3).await.expect("saved").version, 2);
    let stands = store.setting("line", "main").await.expect("read").expect("there");
    assert_eq!((stands.version, stands.body.as_str(), stands.changed_at), (2, "two", UtcMs(3)));
    let versions = store.setting_versions("line", "main").await.expect("read");
    assert_eq!(versions.iter().map(|one| one.body.as_str()).collect::<Vec<_>>(), ["two", "one"]);
    assert!(store.setting("prompt", "main").await.expect("read").is_none());
    let trace = store.audit_newest(10).await.expect("read");
    assert_eq!(trace.iter().map(|row| row.what.as_str()).collect::<Vec<_>>(), ["line_set", "line_set"]);
}

#[tokio::test]
async fn a_sound_is_kept_once_and_read_back_as_it_was() {
    let place = Place::new();
    let store = place.lead().await;
    let sound: Vec<u8> = (0..=255).collect();
    let name = store.keep_sound(&sound).await.expect("kept");
    assert_eq!(store.keep_sound(&sound).await.expect("kept"), name);
    assert_eq!(store.sound(&name).await.expect("read"), Some(sound));
    assert_eq!(store.sound("none").await.expect("read"), None);
}
