//! The API's own description (OpenAPI 3.1), from which the pages' client is generated.

use utoipa::OpenApi;
use utoipa::openapi::path::Operation;
use utoipa::openapi::{Content, OpenApi as Document, Ref, RefOr, ResponseBuilder};

use crate::caller::{PageMessage, Progress};
use crate::centre::CentreMessage;
use crate::desk::{Request, ServerMessage};
use crate::extract::Json;
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
    for item in document.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        operations.into_iter().flatten().for_each(complete);
    }
    document
}

/// Adds what any operation may answer, and says that problems are `application/problem+json`.
fn complete(operation: &mut Operation) {
    let mut any = vec!["400", "401", "403", "404", "503"];
    if operation.request_body.is_some() {
        any.extend(["413", "415", "422"]);
    }
    let responses = &mut operation.responses.responses;
    for status in any {
        let problem = || {
            let content = Content::new(Some(Ref::from_schema_name("Problem")));
            RefOr::T(ResponseBuilder::new().content(PROBLEM, content).build())
        };
        responses.entry(status.to_owned()).or_insert_with(problem);
    }
    for response in responses.values_mut() {
        if let RefOr::T(response) = response
            && response.content.get(JSON).is_some_and(is_problem)
            && let Some(content) = response.content.shift_remove(JSON)
        {
            response.content.insert(PROBLEM.to_owned(), content);
        }
    }
}

fn is_problem(content: &RefOr<Content>) -> bool {
    let RefOr::T(content) = content else { return false };
    matches!(&content.schema, Some(RefOr::Ref(schema)) if schema.ref_location.ends_with("Problem") || schema.ref_location.ends_with("/PromiseConflict"))
}

const JSON: &str = "application/json";
const PROBLEM: &str = "application/problem+json";

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
