//! The caller's page `/call`, for everybody who comes from the ministry's site: what it is told before a call, how it
//! calls, and how it gets its sound anew. Nobody signs in here: a call is spoken for by a token of 256 bits, which only
//! the page that began it knows.

mod address;
mod follow;
pub(crate) mod limits;
mod pages;
mod progress;
mod said;

pub(crate) use follow::{__path_follow, follow};
pub(crate) use pages::Pages;
pub(crate) use said::{PageMessage, Progress};

use axum::extract::State;
use axum::http::StatusCode;
use otklik_engine::MediaError;
use otklik_model::{LineMode, Personal, PhoneNumber};

use crate::caller::said::{Call, Called, CallerPage, NewSound, PageLine, Sound};
use crate::client::ClientIp;
use crate::extract::Json;
use crate::problem::Problem;
use crate::state::{App, LineInfo};

/// Longest number that is looked at, bytes.
const LONGEST_NUMBER: usize = 64;

/// What the page says before a call. It tells nothing of anybody.
#[utoipa::path(get, operation_id = "getCallerPage", path = "/api/call", responses((status = 200, body = CallerPage)))]
pub(crate) async fn page(State(app): State<App>) -> Json<CallerPage> {
    let live = app.0.engine.live().borrow().clone();
    let now = app.now();
    let shown = |line: &LineInfo| {
        let mode = live.view.lines.iter().find(|view| view.id == line.id).map(|view| view.mode).unwrap_or_default();
        let by_hours = mode == LineMode::Calendar;
        let open_now = mode == LineMode::Open || (by_hours && line.hours.is_open(now));
        PageLine {
            id: line.id.to_string(),
            name: line.name.clone(),
            number: line.number.to_string(),
            recorded: line.recorded,
            open_now,
            changes_at: match (by_hours, open_now) {
                (false, _) => None,
                (true, true) => line.hours.closes_at(now),
                (true, false) => line.hours.next_opening(now),
            }
            .map(|at| at.0),
        }
    };
    Json(CallerPage {
        on: app.0.start.browser_calls.on,
        demo: app.0.start.demo,
        waiting: live.view.queue.waiting as u64,
        lines: app.lines().iter().map(shown).collect(),
    })
}

/// Calls: the page's sound is negotiated, and when it works the caller rings.
#[utoipa::path(post, operation_id = "callFromPage", path = "/api/call", request_body = Call,
    responses((status = 200, body = Called), (status = 403, body = Problem), (status = 404, body = Problem),
              (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn call(
    State(app): State<App>,
    ClientIp(client): ClientIp,
    Json(call): Json<Call>,
) -> Result<Json<Called>, Problem> {
    if !app.0.start.browser_calls.on {
        return Err(Problem::new(StatusCode::FORBIDDEN, "browser_calls_off"));
    }
    let lines = app.lines();
    let line = match &call.line {
        None => lines.first(),
        Some(id) => lines.iter().find(|line| line.id.as_str() == id),
    };
    let called = line.ok_or_else(|| Problem::not_found("no_such_line"))?.number.to_string();
    let from = number(call.phone.as_deref())?;
    let place = app.0.caller.reserve(address::counted(client), app.now())?;
    let line = app.0.engine.open_caller(called, from, call.sdp).await.map_err(refused)?;
    let (leg, over) = (line.leg, line.over);
    let token = app.0.caller.begin(&place, leg);
    progress::watch(app, token.clone(), leg, over);
    Ok(Json(Called { token: token.reveal().clone(), sdp: line.sdp }))
}

/// Gives a call new sound: the page was loaded again, or its network changed. The call goes on.
#[utoipa::path(post, operation_id = "renewPageSound", path = "/api/call/sound", request_body = NewSound,
    responses((status = 200, body = Sound), (status = 404, body = Problem), (status = 409, body = Problem),
              (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn renew(State(app): State<App>, Json(sound): Json<NewSound>) -> Result<Json<Sound>, Problem> {
    let leg = app.0.caller.renewing(&sound.token, app.now())?;
    let sdp = app.0.engine.renew_caller(leg, sound.sdp).await.map_err(refused)?;
    Ok(Json(Sound { sdp }))
}

/// The number to ring back, or nothing where the caller gave none. A short or an inner number is none that we could ring.
fn number(given: Option<&str>) -> Result<Option<Personal<PhoneNumber>>, Problem> {
    let bad = || Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_phone");
    let given = given.map(str::trim).filter(|given| !given.is_empty());
    let Some(given) = given else { return Ok(None) };
    if given.len() > LONGEST_NUMBER {
        return Err(bad());
    }
    let number = PhoneNumber::parse(given).map_err(|_| bad())?;
    if !number.as_str().starts_with('+') || number.as_str().len() < "+1234567890".len() {
        return Err(bad());
    }
    Ok(Some(Personal::new(number)))
}

fn refused(error: MediaError) -> Problem {
    match error {
        MediaError::BadOffer => Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_sdp"),
        MediaError::Over | MediaError::DeskClosed => Problem::new(StatusCode::CONFLICT, "call_over"),
        MediaError::Full => Problem::new(StatusCode::SERVICE_UNAVAILABLE, "media_full"),
        MediaError::Unreached => Problem::unavailable(),
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn a_number_can_be_rung_back_or_is_refused() {
        let read = |given| number(given).map(|number| number.map(|number| number.reveal().to_string()));
        for nothing in [None, Some(""), Some("   ")] {
            assert_eq!(read(nothing).ok(), Some(None));
        }
        for given in ["8 (916) 000-00-14", "+7 916 000 00 14", "9160000014"] {
            assert_eq!(read(Some(given)).ok(), Some(Some("+79160000014".to_owned())), "{given}");
        }
        let long = "9".repeat(100_000);
        for bad in ["112", "anonymous", "+7", "12345", "<script>", "9160000014;ext=1", &long] {
            assert_eq!(read(Some(bad)).expect_err(bad).code, "bad_phone");
        }
    }
}
