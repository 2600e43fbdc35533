//! The persons who turn to the centre: their cards, who of them is known on a number, what happened with them.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

mod cards;
pub(crate) mod dto;
mod history;
mod on_number;

/// The addresses of persons.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(on_number::list))
        .routes(routes!(cards::find, cards::create))
        .routes(routes!(cards::one, cards::save))
        .routes(routes!(history::list))
}
