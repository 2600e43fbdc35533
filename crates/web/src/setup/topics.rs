//! The tree of topics: named, ordered, hidden, added. Nothing is deleted: old appeals go on naming what is hidden.

use std::collections::BTreeSet;

use axum::extract::State;
use otklik_model::{TopicGroupId, TopicId};
use otklik_store::{self as store, StoreError, Topics};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::extract::{Json, Path};
use crate::problem::Problem;
use crate::rights::{May, SetUp};
use crate::setup;
use crate::state::App;

/// Groups that a tree may have, and topics in all of them: more than a person can look through.
const GROUPS_MAX: usize = 50;
const TOPICS_MAX: usize = 500;
/// Ways to say a topic, and letters of one.
const SAYS_MAX: usize = 30;
const LONGEST_SAID: usize = 100;
/// The last place of an order.
const LAST_PLACE: i64 = 9_999;

/// A group as it is set up.
#[derive(Serialize, ToSchema)]
pub(crate) struct SetupTopicGroup {
    id: String,
    version: u64,
    name: String,
    /// Its place among the groups: the smaller, the higher.
    place: i64,
    /// Is it offered? Where not, none of its topics is.
    active: bool,
}

/// A topic as it is set up.
#[derive(Serialize, ToSchema)]
pub(crate) struct SetupTopic {
    id: String,
    version: u64,
    /// The id of its group.
    group: String,
    name: String,
    /// How people say it.
    says: Vec<String>,
    /// Its place in the group: the smaller, the higher.
    place: i64,
    /// Is it offered?
    active: bool,
}

/// The tree, with what is hidden, in the order in which it is offered.
#[derive(Serialize, ToSchema)]
pub(crate) struct SetupTopics {
    groups: Vec<SetupTopicGroup>,
    topics: Vec<SetupTopic>,
}

/// A group to be set up, on the version that was read; 0 adds it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangedTopicGroup {
    version: u64,
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    #[schema(minimum = 0, maximum = 9_999)]
    place: i64,
    active: bool,
}

/// A topic to be set up, on the version that was read; 0 adds it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangedTopic {
    version: u64,
    /// The id of its group.
    #[schema(max_length = 40)]
    group: String,
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// How people say it, up to 100 letters each.
    #[schema(max_items = 30)]
    says: Vec<String>,
    #[schema(minimum = 0, maximum = 9_999)]
    place: i64,
    active: bool,
}

/// The tree of topics as it is set up.
#[utoipa::path(get, operation_id = "listTopicSetups", path = "/api/setup/topics",
    responses((status = 200, body = SetupTopics), (status = 401, body = Problem), (status = 403, body = Problem)))]
pub(crate) async fn list(State(app): State<App>, _: May<SetUp>) -> Result<Json<SetupTopics>, Problem> {
    let Topics { groups, topics, .. } = app.0.store.topics().await?;
    let groups = groups.into_iter().map(Into::into).collect();
    Ok(Json(SetupTopics { groups, topics: topics.into_iter().map(Into::into).collect() }))
}

/// Sets a group of topics up, or adds one.
#[utoipa::path(put, operation_id = "setTopicGroupUp", path = "/api/setup/topic-groups/{id}",
    request_body = ChangedTopicGroup, params(("id" = String, Path)),
    responses((status = 200, body = SetupTopicGroup), (status = 400, body = Problem), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(crate) async fn set_group(
    State(app): State<App>,
    may: May<SetUp>,
    Path(id): Path<String>,
    Json(changed): Json<ChangedTopicGroup>,
) -> Result<Json<SetupTopicGroup>, Problem> {
    check_id(&id)?;
    let _alone = app.0.saving.lock().await;
    let Topics { groups, topics, .. } = app.0.store.topics().await?;
    if !groups.iter().any(|group| group.id.as_str() == id) {
        may_be_added(changed.version, groups.len() < GROUPS_MAX, "no_such_topic_group")?;
        is_free(topics.iter().all(|topic| topic.id.as_str() != id))?;
    }
    let mut group = store::TopicGroup {
        id: TopicGroupId(id),
        name: setup::name(&changed.name)?,
        place: place(changed.place)?,
        active: changed.active,
        version: changed.version,
    };
    let saved = app.0.store.put_topic_group(&group, on(changed.version), &may.person.id, app.now()).await;
    match saved {
        Ok(version) => {
            group.version = version;
            Ok(Json(group.into()))
        }
        Err(StoreError::Stale { .. }) => {
            let groups = app.0.store.topics().await?.groups;
            Err(setup::stale(&groups.into_iter().find(|one| one.id == group.id).map(SetupTopicGroup::from)))
        }
        Err(error) => Err(setup::refused(error)),
    }
}

/// Sets a topic up, or adds one.
#[utoipa::path(put, operation_id = "setTopicUp", path = "/api/setup/topics/{id}",
    request_body = ChangedTopic, params(("id" = String, Path)),
    responses((status = 200, body = SetupTopic), (status = 400, body = Problem), (status = 401, body = Problem),
              (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(crate) async fn set(
    State(app): State<App>,
    may: May<SetUp>,
    Path(id): Path<String>,
    Json(changed): Json<ChangedTopic>,
) -> Result<Json<SetupTopic>, Problem> {
    check_id(&id)?;
    let _alone = app.0.saving.lock().await;
    let Topics { groups, topics, .. } = app.0.store.topics().await?;
    if !topics.iter().any(|topic| topic.id.as_str() == id) {
        may_be_added(changed.version, topics.len() < TOPICS_MAX, "no_such_topic")?;
        is_free(groups.iter().all(|group| group.id.as_str() != id))?;
    }
    if !groups.iter().any(|group| group.id.as_str() == changed.group) {
        return Err(Problem::bad_request("no_such_topic_group"));
    }
    let mut topic = store::Topic {
        id: TopicId(id),
        group: TopicGroupId(changed.group),
        name: setup::name(&changed.name)?,
        says: says(&changed.says)?,
        place: place(changed.place)?,
        active: changed.active,
        version: changed.version,
    };
    let saved = app.0.store.put_topic(&topic, on(changed.version), &may.person.id, app.now()).await;
    match saved {
        Ok(version) => {
            topic.version = version;
            Ok(Json(topic.into()))
        }
        Err(StoreError::Stale { .. }) => {
            let topics = app.0.store.topics().await?.topics;
            Err(setup::stale(&topics.into_iter().find(|one| one.id == topic.id).map(SetupTopic::from)))
        }
        Err(error) => Err(setup::refused(error)),
    }
}

fn on(version: u64) -> Option<u64> {
    (version > 0).then_some(version)
}

fn check_id(id: &str) -> Result<(), Problem> {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte);
    let is_sound = (1..=40).contains(&id.len()) && id.bytes().all(allowed);
    if is_sound { Ok(()) } else { Err(Problem::bad_request("bad_topic_id")) }
}

fn may_be_added(version: u64, has_room: bool, unknown: &'static str) -> Result<(), Problem> {
    match (version, has_room) {
        (0, true) => Ok(()),
        (0, false) => Err(Problem::bad_request("topic_tree_full")),
        _ => Err(Problem::not_found(unknown)),
    }
}

/// A filter of appeals names a topic or a group by one id, so no two of them may share it.
fn is_free(is_free: bool) -> Result<(), Problem> {
    if is_free { Ok(()) } else { Err(Problem::bad_request("topic_id_taken")) }
}

fn place(place: i64) -> Result<i64, Problem> {
    if (0..=LAST_PLACE).contains(&place) { Ok(place) } else { Err(Problem::bad_request("bad_place")) }
}

/// What callers say: trimmed, each once, in the order in which it was written.
fn says(written: &[String]) -> Result<Vec<String>, Problem> {
    let mut seen = BTreeSet::new();
    let said = written.iter().map(|one| one.trim()).filter(|one| !one.is_empty() && seen.insert(*one));
    // One more than may be is enough to know that it is too much.
    let said: Vec<String> = said.take(SAYS_MAX + 1).map(str::to_owned).collect();
    let fits = |one: &String| one.chars().count() <= LONGEST_SAID && !one.chars().any(char::is_control);
    if said.len() <= SAYS_MAX && said.iter().all(fits) { Ok(said) } else { Err(Problem::bad_request("bad_says")) }
}

impl From<store::TopicGroup> for SetupTopicGroup {
    fn from(group: store::TopicGroup) -> Self {
        let store::TopicGroup { id, name, place, active, version } = group;
        Self { id: id.0, version, name, place, active }
    }
}

impl From<store::Topic> for SetupTopic {
    fn from(topic: store::Topic) -> Self {
        let store::Topic { id, group, name, says, place, active, version } = topic;
        Self { id: id.0, version, group: group.0, name, says, place, active }
    }
}
