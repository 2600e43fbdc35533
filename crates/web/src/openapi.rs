//! The API's own description (OpenAPI 3.1), from which the pages' client is generated.

use axum::Json;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;

use crate::desk::{Request, ServerMessage};
use crate::router;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Otklik",
        description = "A contact centre for social services. Times are milliseconds since 1970 UTC."
    ),
    components(schemas(ServerMessage, Request))
)]
struct Root;

/// The document.
pub fn document() -> Document {
    let (_, paths) = router::api().split_for_parts();
    let mut document = Root::openapi();
    document.merge(paths);
    document
}

/// Serves the document.
pub(crate) async fn serve() -> Json<Document> {
    Json(document())
}
