//! What of the list of calls is asked for, in words of an address: whatever a figure or a link opens is said by it alone.

use otklik_centre::figures::{self, Counted};
use otklik_model::{AgentId, LineId, Outcome, PhoneNumber};
use otklik_store::{CallsQuery, Wanted};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::problem::Problem;
use crate::state::App;

/// Longest id of a line or a person that is looked for, bytes.
const LONGEST: usize = 256;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wish {
    /// Only calls with this outcome.
    outcome: Option<String>,
    /// Only calls of this local day, `2026-11-24`, or `today`.
    day: Option<String>,
    /// Only calls of this local day or later.
    from: Option<String>,
    /// Only calls of this local day or earlier.
    to: Option<String>,
    /// Only calls of this half hour of `day`, 0 to 47.
    half_hour: Option<String>,
    /// Only calls of the line of this id.
    line: Option<String>,
    /// Only calls of the specialist of this sign-in name.
    specialist: Option<String>,
    /// Only calls from this number.
    number: Option<String>,
    /// `yes`: only calls with a recording.
    recorded: Option<String>,
    /// `yes`: only calls after which we owe something that is late.
    overdue: Option<String>,
    /// Only the calls that this figure counts: `accepted`, `offered`, `answered`, `answered_in_time`, `abandoned`,
    /// `short_abandoned`, `left_before_queue`, `recorded`, `interrupted` or `lost`.
    figure: Option<String>,
}

impl Wish {
    /// The query, without its page; nothing where the number never called.
    pub(crate) async fn query(self, app: &App) -> Result<Option<CallsQuery>, Problem> {
        let local_day = day(app, self.day.as_deref())?;
        let outcome = self.outcome.map(|name| {
            let named = Outcome::ALL.into_iter().find(|outcome| outcome.name() == name);
            named.ok_or_else(|| Problem::bad_request("bad_outcome"))
        });
        let counted = self.figure.map(|name| Counted::named(&name).ok_or_else(|| Problem::bad_request("bad_figure")));
        let spans = match (self.half_hour, local_day) {
            (None, _) => Vec::new(),
            (Some(text), Some(day)) => {
                let half_hour = text.parse().ok().filter(|n| *n < 48);
                let half_hour = half_hour.ok_or_else(|| Problem::bad_request("bad_half_hour"))?;
                figures::spans(day, half_hour, &app.0.start.zone)
            }
            (Some(_), None) => return Err(Problem::bad_request("bad_half_hour")),
        };
        let overdue = flag(self.overdue.as_deref())?;
        let wanted = Wanted {
            from: day(app, self.from.as_deref())?,
            to: day(app, self.to.as_deref())?,
            spans,
            line: self.line.map(id).transpose()?.map(LineId),
            agent: self.specialist.map(id).transpose()?.map(AgentId),
            recorded: flag(self.recorded.as_deref())?,
            overdue_at: overdue.then(|| app.now()),
            counted: counted.transpose()?,
        };
        let subject = match self.number {
            None => None,
            Some(number) => {
                let number = PhoneNumber::parse(number.trim()).map_err(|_| Problem::bad_request("bad_number"))?;
                match app.0.store.subject_of(&number).await? {
                    None => return Ok(None),
                    found => found,
                }
            }
        };
        Ok(Some(CallsQuery { before: None, limit: 1, local_day, outcome: outcome.transpose()?, subject, wanted }))
    }
}

/// A local day of an address; nothing where none is asked for.
pub(crate) fn day(app: &App, text: Option<&str>) -> Result<Option<jiff::civil::Date>, Problem> {
    match text {
        None => Ok(None),
        Some("today") => Ok(Some(app.day(app.now()))),
        Some(text) => text.parse().map(Some).map_err(|_| Problem::bad_request("bad_day")),
    }
}

fn flag(text: Option<&str>) -> Result<bool, Problem> {
    match text {
        None | Some("no") => Ok(false),
        Some("yes") => Ok(true),
        Some(_) => Err(Problem::bad_request("bad_filter")),
    }
}

fn id(text: String) -> Result<String, Problem> {
    if text.is_empty() || text.len() > LONGEST { Err(Problem::bad_request("bad_filter")) } else { Ok(text) }
}
