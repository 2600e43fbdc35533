//! The tree of topics, with the results that an appeal can have.

use axum::extract::State;
use otklik_centre::appeals::filing;
use otklik_store as store;

use super::dto::{AppealResult, Topic, TopicGroup, TopicTree};
use crate::extract::Json;
use crate::problem::Problem;
use crate::rights::{May, ReadAppeals};
use crate::state::App;

/// Groups, topics, results and dismissals, in the order in which they are offered.
#[utoipa::path(get, operation_id = "getTopics", path = "/api/topics",
    responses((status = 200, body = TopicTree), (status = 401, body = Problem), (status = 403, body = Problem)))]
pub(crate) async fn tree(State(app): State<App>, _: May<ReadAppeals>) -> Result<Json<TopicTree>, Problem> {
    let store::Topics { groups, topics, results } = app.0.store.topics().await?;
    let groups = groups.into_iter().map(|group| TopicGroup {
        topics: topics.iter().filter(|topic| topic.group == group.id).map(shown).collect(),
        id: group.id.0,
        name: group.name,
        active: group.active,
        version: group.version,
    });
    let results = results.into_iter().map(|result| AppealResult {
        id: result.id.0,
        name: result.name,
        active: result.active,
        version: result.version,
    });
    Ok(Json(TopicTree {
        groups: groups.collect(),
        results: results.collect(),
        dismissals: filing::Dismissal::ALL.iter().copied().map(Into::into).collect(),
    }))
}

fn shown(topic: &store::Topic) -> Topic {
    Topic {
        id: topic.id.0.clone(),
        name: topic.name.clone(),
        says: topic.says.clone(),
        active: topic.active,
        version: topic.version,
    }
}
