//! The API's own description (OpenAPI 3.1), from which the pages' client is generated.

use axum::Json;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Document;

use crate::caller::{PageMessage, Progress};
use crate::centre::CentreMessage;
use crate::desk::{Request, ServerMessage};
use crate::router;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Otklik",
        description = "A contact centre for social services. Times are milliseconds since 1970 UTC."
    ),
    components(schemas(ServerMessage, Request, CentreMessage, Progress, PageMessage))
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

#[cfg(test)]
mod tests {
    use std::fs;

    /// The committed document is what the program serves; the pages' types are generated from it. To write it anew:
    /// `UPDATE_OPENAPI=1 cargo test -p otklik-web openapi`.
    #[test]
    fn the_committed_document_is_the_served_one() {
        let served = serde_json::to_string_pretty(&super::document()).expect("the document is JSON") + "\n";
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
        if std::env::var_os("UPDATE_OPENAPI").is_some() {
            fs::write(path, &served).expect("the document is written");
        }
        assert!(fs::read_to_string(path).expect("the committed document") == served, "openapi.json is out of date");
    }
}
