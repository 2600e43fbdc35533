//! The tree of topics, with the results that an appeal can have.

use axum::Json;
use axum::extract::State;

use super::dto::TopicTree;
use crate::problem::Problem;
use crate::rights::{May, ReadAppeals};
use crate::state::App;

/// Groups, topics, results and dismissals, in the order in which they are offered.
#[utoipa::path(get, operation_id = "getTopics", path = "/api/topics",
    responses((status = 200, body = TopicTree), (status = 401, body = Problem), (status = 403, body = Problem)))]
pub(crate) async fn tree(State(_app): State<App>, _: May<ReadAppeals>) -> Result<Json<TopicTree>, Problem> {
    Err(Problem::unavailable())
}
