//! Appeals: what was asked and answered in a call, the tree of topics, the list and its table. Who may write which
//! appeal is decided in `write`; everything else here translates.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

pub(crate) mod dto;
mod export;
mod list;
mod read;
pub(crate) mod shown;
mod topics;
mod write;

/// The addresses of appeals.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(topics::tree))
        .routes(routes!(list::list))
        .routes(routes!(export::table))
        .routes(routes!(read::of_call))
        .routes(routes!(read::one, write::save))
        .routes(routes!(write::register))
        .routes(routes!(write::dismiss, write::reopen))
}
