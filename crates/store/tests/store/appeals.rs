//! Appeals: drafts that come with calls, saves on versions, numbers without a gap, what is found and how fast.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use otklik_centre::appeals::filing::{Beneficiary, Content, Dismissal, Flaw, Missing, Speaker, Status};
use otklik_centre::appeals::person::{PersonContent, PersonName};
use otklik_model::{
    AgentId, AppealId, CallId, PersonId, Personal, PhoneNumber, ResultId, SubjectId, TopicGroupId, TopicId, UtcMs,
};
use otklik_store::{
    Appeal, AppealError, AppealResult, AppealsQuery, Batch, Store, StoreError, Topic, TopicGroup, Topics,
};
use uuid::Uuid;

use crate::place::{Place, append_all};
use crate::script::{START, Script};

const NOW: UtcMs = UtcMs(START + 3_600_000);

fn anna() -> AgentId {
    AgentId::new("anna")
}

fn text(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

fn topics() -> Topics {
    let topic = |place: i64, id: &str, group: &str| Topic {
        id: TopicId::new(id),
        group: TopicGroupId::new(group),
        name: id.to_owned(),
        says: vec!["по-своему".to_owned()],
        place,
        active: true,
        version: 1,
    };
    let group =
        |id: &str| TopicGroup { id: TopicGroupId::new(id), name: id.to_owned(), place: 0, active: true, version: 1 };
    let result =
        |id: &str| AppealResult { id: ResultId::new(id), name: id.to_owned(), place: 0, active: true, version: 1 };
    Topics {
        groups: vec![group("children"), group("other")],
        topics: vec![topic(0, "benefit", "children"), topic(1, "camp", "children"), topic(0, "pension", "other")],
        results: vec![result("booked"), result("explained")],
    }
}

fn whole(asked: &str) -> Content {
    Content {
        topics: vec![TopicId::new("benefit")],
        asked: text(asked),
        result: Some(ResultId::new("explained")),
        speaker: Speaker::DidNotSay,
        ..Content::empty()
    }
}

fn subject(n: usize) -> SubjectId {
    SubjectId(Uuid::from_u128(0x500 + n as u128))
}

/// A store with topics and so many answered calls, from the numbers +7831000000n.
async fn with_calls(place: &Place, count: usize) -> (Store, Vec<AppealId>) {
    let store = place.lead().await;
    assert!(store.seed_topics(&topics(), NOW).await.expect("seeded"));
    let mut script = Script::new();
    let calls: Vec<CallId> = (0..count).map(|_| script.answered_call()).collect();
    let phone = |n: usize| Personal::new(PhoneNumber::parse(&format!("+7831{n:07}")).expect("a number"));
    let subjects = (0..count).map(|n| (subject(n), phone(n))).collect();
    let mut envelopes = script.envelopes.chunks(5_000);
    let first = envelopes.next().expect("facts").to_vec();
    store.append(&Batch { envelopes: first, subjects, ..Batch::default() }).await.expect("appended");
    for envelopes in envelopes {
        store.append(&Batch { envelopes: envelopes.to_vec(), ..Batch::default() }).await.expect("appended");
    }
    (store, calls.into_iter().map(|call| AppealId(call.0)).collect())
}

async fn save(store: &Store, id: AppealId, version: u64, content: Content) -> Appeal {
    store.save_appeal(id, version, content, &anna(), NOW).await.expect("saved")
}

async fn register(store: &Store, id: AppealId, asked: &str) -> Appeal {
    let version = store.appeal(id).await.expect("read").expect("a draft").version;
    let saved = save(store, id, version, whole(asked)).await;
    store.register_appeal(id, saved.version, &anna(), NOW).await.expect("registered")
}

#[tokio::test]
async fn the_first_ring_opens_a_draft_that_no_rebuild_touches() {
    let place = Place::new();
    let (store, ids) = with_calls(&place, 2).await;
    let draft = store.appeal(ids[0]).await.expect("read").expect("a draft");
    assert_eq!((draft.status, draft.version, draft.call.0), (Status::Draft, 1, ids[0].0));
    assert_eq!((draft.author, draft.subject, draft.content), (Some(anna()), Some(subject(0)), Content::empty()));
    assert!(draft.caller.is_some_and(|phone| phone.reveal().as_str() == "+78310000000"));
    let written = save(&store, ids[0], 1, whole("Отказали")).await;
    let dump = place.count("appeals").await;
    store.rebuild().await.expect("derived anew");
    assert_eq!(store.appeal(ids[0]).await.expect("read"), Some(written), "what people wrote is not derived");
    assert_eq!(place.count("appeals").await, dump);
    assert!(!format!("{:?}", store.appeal(ids[0]).await).contains("Отказали"), "personal data is hidden");
    assert_eq!(
        store.verify(&place.recordings()).await.expect("verified").faults.len(),
        2,
        "two absent recordings only"
    );
}

#[tokio::test]
async fn two_people_on_one_appeal_lose_nothing() {
    let place = Place::new();
    let (store, ids) = with_calls(&place, 1).await;
    let olga = AgentId::new("olga");
    let first = save(&store, ids[0], 1, whole("Первое")).await;
    assert_eq!((first.version, first.updated_by.as_ref()), (2, Some(&anna())));
    let stale = store.save_appeal(ids[0], 1, whole("Второе"), &olga, NOW).await;
    let Err(AppealError::Stale(theirs)) = stale else { panic!("{stale:?}") };
    assert_eq!(*theirs, first, "the refusal shows what is stored");
    let stale = store.register_appeal(ids[0], 1, &olga, NOW).await;
    assert!(matches!(stale, Err(AppealError::Stale(_))), "nobody files what they have not seen");
    let same = save(&store, ids[0], 2, whole(" Первое\r\n")).await;
    assert_eq!(same.version, 2, "what is the same changes nothing");
    let second = store.save_appeal(ids[0], 2, whole("Второе"), &olga, NOW).await.expect("saved");
    assert_eq!((second.version, second.author), (3, Some(anna())));
    let whats: Vec<_> = store.audit_of(&ids[0].to_string()).await.expect("read");
    let whats: Vec<_> = whats.iter().map(|row| (row.who.as_str(), row.what.as_str())).collect();
    assert_eq!(
        whats.iter().collect::<BTreeSet<_>>(),
        BTreeSet::from([&("anna", "appeal_saved"), &("olga", "appeal_saved")])
    );
}

#[tokio::test]
async fn fifty_filings_at_once_have_fifty_numbers_without_a_gap() {
    let place = Place::new();
    let (store, ids) = with_calls(&place, 51).await;
    let incomplete = store.register_appeal(ids[50], 1, &anna(), NOW).await;
    assert!(matches!(incomplete, Err(AppealError::Incomplete(missing)) if missing == Missing::ALL));
    let store = Arc::new(store);
    let mut filings = tokio::task::JoinSet::new();
    for id in ids[..50].iter().copied() {
        let store = Arc::clone(&store);
        filings.spawn(async move {
            let filed = register(&store, id, "Что положено").await;
            // Whoever did not hear the answer asks again, and hears the same.
            let again = store.register_appeal(id, 1, &anna(), NOW).await.expect("asked again");
            assert_eq!(again, filed);
            filed.number.expect("a number")
        });
    }
    let mut numbers = BTreeSet::new();
    while let Some(number) = filings.join_next().await {
        numbers.insert(number.expect("filed"));
    }
    let expected: BTreeSet<String> = (1..=50).map(|n| format!("26-{n:06}")).collect();
    assert_eq!(numbers, expected);
    // 2026-12-31 22:00 of UTC is the next year in Moscow.
    let next_year = UtcMs(1_798_754_400_000);
    let saved = save(&store, ids[50], 1, whole("С новым годом")).await;
    let filed = store.register_appeal(ids[50], saved.version, &anna(), next_year).await.expect("filed");
    assert_eq!(filed.number.as_deref(), Some("27-000001"));
    // Each is counted under its main topic, once, on the day of its number.
    let told = |until| store.topic_totals(until);
    let children = |n| BTreeMap::from([(topics().groups[0].name.clone(), n)]);
    assert_eq!(told(jiff::civil::date(2026, 12, 31)).await.expect("read"), children(50));
    assert_eq!(told(jiff::civil::date(2027, 1, 1)).await.expect("read"), children(51));
    let report = store.verify(&place.recordings()).await.expect("verified");
    assert!(report.faults.iter().all(|fault| !fault.text.contains("number")), "{report:?}");
}

#[tokio::test]
async fn a_filed_appeal_is_changed_with_a_trace_and_never_dismissed() {
    let place = Place::new();
    let (store, ids) = with_calls(&place, 2).await;
    let filed = register(&store, ids[0], "Как было").await;
    let dismissed = store.dismiss_appeal(ids[0], Dismissal::Prank, &anna(), NOW).await;
    assert!(matches!(dismissed, Err(AppealError::Registered)));
    let emptied = store.save_appeal(ids[0], filed.version, Content::empty(), &anna(), NOW).await;
    assert!(matches!(emptied, Err(AppealError::Incomplete(_))), "a filed appeal stays complete");
    let changed = save(&store, ids[0], filed.version, whole("Как стало")).await;
    assert_eq!((changed.number, changed.registered_at), (filed.number, filed.registered_at));
    assert_eq!(place.count("appeal_revisions WHERE body LIKE '%Как было%'").await, 1, "the text before is kept");

    let silence = store.dismiss_appeal(ids[1], Dismissal::Silence, &anna(), NOW).await.expect("dismissed");
    assert_eq!((silence.status, silence.dismissal), (Status::Dismissed, Some(Dismissal::Silence)));
    let write = store.save_appeal(ids[1], silence.version, whole("Текст"), &anna(), NOW).await;
    assert!(matches!(write, Err(AppealError::Dismissed)));
    let file = store.register_appeal(ids[1], silence.version, &anna(), NOW).await;
    assert!(matches!(file, Err(AppealError::Dismissed)));
    let open = store.reopen_appeal(ids[1], &anna(), NOW).await.expect("a draft again");
    assert_eq!((open.status, open.dismissal), (Status::Draft, None));
    let nobody = store.reopen_appeal(AppealId(Uuid::from_u128(1)), &anna(), NOW).await;
    assert!(matches!(nobody, Err(AppealError::NoSuchAppeal)));
}

#[tokio::test]
async fn forged_ids_and_long_texts_are_refused_by_name() {
    let place = Place::new();
    let (store, ids) = with_calls(&place, 1).await;
    let refused =
        async |content: Content| store.save_appeal(ids[0], 1, content, &anna(), NOW).await.expect_err("forged");
    let topic = Content { topics: vec![TopicId::new("'; DROP TABLE topics")], ..whole("а") };
    assert!(matches!(refused(topic).await, AppealError::NoSuchTopic));
    let result = Content { result: Some(ResultId::new("nothing")), ..whole("а") };
    assert!(matches!(refused(result).await, AppealError::NoSuchResult));
    let speaker = Content { speaker: Speaker::Person(PersonId(Uuid::from_u128(7))), ..whole("а") };
    assert!(matches!(refused(speaker).await, AppealError::NoSuchPerson));
    let long = Content { asked: text(&"ы".repeat(100_000)), ..whole("а") };
    assert!(matches!(refused(long).await, AppealError::Flaw(Flaw::TooLong { field: "asked", limit: 4_000 })));
    let draft = store.appeal(ids[0]).await.expect("read").expect("there");
    assert_eq!((draft.version, draft.content), (1, Content::empty()), "nothing of it is stored");

    // A topic that is not offered any more stays where it was, and is chosen nowhere else.
    let saved = save(&store, ids[0], 1, whole("а")).await;
    let benefit = topics().topics.swap_remove(0);
    let retired = Topic { active: false, ..benefit };
    assert_eq!(store.put_topic(&retired, Some(1), &anna(), NOW).await.expect("retired"), 2);
    let stale = store.put_topic(&retired, Some(1), &anna(), NOW).await;
    assert!(matches!(stale, Err(StoreError::Stale { expected: 1, stored: 2 })));
    let again = store.put_topic(&retired, None, &anna(), NOW).await;
    assert!(matches!(again, Err(StoreError::Stale { expected: 0, stored: 2 })), "an id is never used twice");
    let saved = save(&store, ids[0], saved.version, whole("б")).await;
    let other = Content { topics: vec![TopicId::new("pension")], ..whole("в") };
    let saved = save(&store, ids[0], saved.version, other).await;
    let back = store.save_appeal(ids[0], saved.version, whole("г"), &anna(), NOW).await;
    assert!(matches!(back, Err(AppealError::NoSuchTopic)));
    assert!(!store.seed_topics(&topics(), NOW).await.expect("asked"), "what people changed is not seeded over");
}

async fn found(store: &Store, query: &str) -> Vec<AppealId> {
    let query = AppealsQuery { limit: 200, search: Some(text(query)), ..AppealsQuery::default() };
    store.appeals(&query).await.expect("read").into_iter().map(|appeal| appeal.id).collect()
}

fn olga() -> PersonContent {
    PersonContent {
        name: PersonName {
            family_name: text("Вымыслова"), given_name: text("Ольга"), patronymic: text("Сергеевна")
        },
        birth_year: Some(1_988),
        note: text(""),
    }
}

#[tokio::test]
async fn an_appeal_is_found_by_words_names_and_numbers() {
    let place = Place::new();
    let (store, ids) = with_calls(&place, 20).await;
    let card =
        store.create_person_card(PersonId(Uuid::from_u128(1)), olga(), None, &anna(), NOW).await.expect("a card");
    let content = Content {
        speaker: Speaker::Person(card.id), ..whole("ОТКАЗАЛИ в едином пособии, ещё в октябре")
    };
    save(&store, ids[3], 1, content).await;
    let mother = Content { for_whom: Beneficiary::Person(card.id), ..whole("Про дочь: пособие") };
    save(&store, ids[4], 1, mother).await;
    let filed = register(&store, ids[5], "Путёвка в лагерь, 100% льгота").await;

    let table: &[(&str, &[usize])] = &[
        ("отказ", &[3]),
        ("ЕЩЕ Октябр", &[3]),
        ("Ещё", &[3]),
        ("пособи", &[4, 3]),
        ("пособи дочь", &[4]),
        ("пособи лагерь", &[]),
        ("путевка", &[5]),
        ("Вымыслова", &[4, 3]),
        ("ольга сергеевна отказали", &[3]),
        ("+7 831 000-00-17", &[17]),
        ("8 (831) 000-00-17", &[17]),
        ("0017", &[17]),
        ("0000017", &[17]),
        ("831 000 0017", &[17]),
        ("26-000001", &[5]),
        ("26-0000", &[5]),
        ("00001", &[5]),
        ("100", &[5]),
    ];
    for (query, expected) in table {
        let expected: Vec<_> = expected.iter().map(|n| ids[*n]).collect();
        assert_eq!(found(&store, query).await, expected, "{query}");
    }
    // The words before are forgotten with the text.
    save(&store, ids[5], filed.version, whole("Совсем другое")).await;
    assert_eq!(found(&store, "путевка").await, []);

    // Whoever spoke is known on the number, and is found on it no sooner.
    let known = |n: usize| store.persons_on(subject(n));
    assert_eq!(known(3).await.expect("read").iter().map(|card| card.id).collect::<Vec<_>>(), [card.id]);
    assert_eq!(known(4).await.expect("read"), [], "the one it is about does not speak from there");
    assert_eq!(store.persons_named("вымысл ольг").await.expect("read").len(), 1);
    assert_eq!(store.persons_named("вымысл нина").await.expect("read"), []);
    let history = store.person_history(card.id, None, 10).await.expect("read");
    assert_eq!(history.len(), 3, "a call of the number, two appeals");
    let (mut read, mut before) = (Vec::new(), None);
    while let Some((key, _)) = store.person_history(card.id, before, 1).await.expect("read").pop() {
        read.push(key);
        before = Some(key);
    }
    assert_eq!(read, history.iter().map(|(key, _)| *key).collect::<Vec<_>>(), "page by page the same");
}

#[tokio::test]
async fn ten_thousand_appeals_are_read_by_index() {
    let place = Place::new();
    let (store, ids) = with_calls(&place, 10_000).await;
    let card =
        store.create_person_card(PersonId(Uuid::from_u128(1)), olga(), None, &anna(), NOW).await.expect("a card");
    let spoken = Content { speaker: Speaker::Person(card.id), ..whole("Коляска") };
    save(&store, ids[9_000], 1, spoken).await;
    register(&store, ids[10], "Коляска").await;

    let base = || AppealsQuery { limit: 50, ..AppealsQuery::default() };
    let search = |query: &str| AppealsQuery { search: Some(text(query)), ..base() };
    let queries = [
        base(),
        AppealsQuery { before: Some((NOW, ids[5])), ..base() },
        AppealsQuery { status: Some(Status::Registered), ..base() },
        AppealsQuery { topic: Some("children".to_owned()), ..base() },
        AppealsQuery { result: Some(ResultId::new("explained")), ..base() },
        AppealsQuery { author: Some(anna()), from: Some(UtcMs(START)), to: Some(NOW), ..base() },
        search("коляс"),
        search("вымыслова ольга коляс"),
        search("831 000 90 00"),
        search("26-000001"),
        search("000001"),
    ];
    for query in &queries {
        let plan = store._internal_appeals_plan(query).await.expect("a plan");
        for step in plan.iter().filter(|step| step.starts_with("SCAN") && !step.contains("USING")) {
            let derived = ["SCAN (", "SCAN appeal_words", "SCAN CONSTANT"].iter().any(|mark| step.starts_with(mark));
            assert!(derived, "{query:?} reads a whole table: {plan:#?}");
        }
        let appeals = store.appeals(query).await.expect("read");
        assert!(!appeals.is_empty(), "{query:?}");
        assert!(appeals.is_sorted_by_key(|appeal| std::cmp::Reverse((appeal.created_at, appeal.id))));
    }
    let found = store.appeals(&search("вымыслова ольга коляс")).await.expect("read");
    assert_eq!(found.iter().map(|appeal| appeal.id).collect::<Vec<_>>(), [ids[9_000]]);
    let plan = store._internal_appeals_plan(&search("коляс")).await.expect("a plan").join("\n");
    assert!(plan.contains("SEARCH appeal_words USING COVERING INDEX"), "{plan}");
    assert!(plan.contains("SEARCH a USING INDEX sqlite_autoindex_appeals_1"), "only what is found is read:\n{plan}");
}

#[tokio::test]
async fn an_unanswered_ring_is_in_no_list() {
    let place = Place::new();
    let store = place.lead().await;
    let mut script = Script::new();
    let call = script.accept(None);
    script.push(otklik_model::Fact::CallQueued { call, entry: otklik_model::QueueEntry::First });
    script.push(otklik_model::Fact::CallOffered { call, agent: anna(), offer: otklik_model::OfferId(1) });
    append_all(&store, &script.envelopes).await;
    let draft = store.appeal_of_call(call).await.expect("read").expect("a draft from the first ring");
    assert_eq!((draft.author, draft.status), (None, Status::Draft));
    let all = AppealsQuery { limit: 10, ..AppealsQuery::default() };
    assert_eq!(store.appeals(&all).await.expect("read"), []);
}

/// A folder of the program before appeals: its answered calls have drafts after the first start, and their numbers are found.
#[tokio::test]
async fn what_an_older_program_left_has_appeals_too() {
    const OLDER: &str = "DROP INDEX calls_of_subject; DROP INDEX promises_of_subject; DROP INDEX audit_of_target; \
        DROP TABLE appeal_words; DROP TABLE appeal_topics; DROP TABLE appeal_revisions; DROP TABLE appeal_numbers; \
        DROP TABLE appeals; DROP TABLE appeal_results; DROP TABLE topics; DROP TABLE topic_groups; \
        DROP TABLE person_words; DROP TABLE person_phones; DROP TABLE persons; DROP TABLE subject_digits; \
        DELETE FROM seaql_migrations WHERE version = 'm0003_appeals'";
    let place = Place::new();
    let (store, ids) = with_calls(&place, 20).await;
    let found_by = ["+7 831 000-00-17", "831 0000017", "0000017", "0017"];
    let stored = found(&store, found_by[0]).await;
    store.close().await.expect("closes");
    place.behind_once(OLDER).await;
    let store = place.lead().await;
    assert_eq!(stored, [ids[17]]);
    for query in found_by {
        assert_eq!(found(&store, query).await, stored, "{query}");
    }
    let report = store.verify(&place.recordings()).await.expect("verified");
    assert!(report.faults.iter().all(|fault| !fault.text.contains("appeal")), "{report:?}");
    let draft = store.appeal(ids[0]).await.expect("read").expect("a draft");
    assert_eq!((draft.author, draft.subject, draft.status), (Some(anna()), Some(subject(0)), Status::Draft));
}
