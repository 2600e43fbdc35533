//! How an appeal begins: with the fact that its call rings at a desk.

use jiff::tz::TimeZone;
use otklik_centre::figures;
use otklik_model::{CallId, Envelope, Fact, UtcMs};
use sea_orm::{ConnectionTrait, Value};

use crate::error::StoreError;
use crate::{names, sql};

/// Opens the draft of a call that rings for the first time, and gives it to whoever answers. Called at an append and
/// never when tables are derived anew: what people wrote is not derived.
pub(crate) async fn follow<C: ConnectionTrait>(
    conn: &C,
    envelope: &Envelope,
    zone: &TimeZone,
) -> Result<(), StoreError> {
    match &envelope.fact {
        Fact::CallOffered { call, .. } => open(conn, *call, envelope.at, zone).await,
        Fact::CallJoined(joined) => {
            open(conn, joined.call, envelope.at, zone).await?;
            let sql = "UPDATE appeals SET author = $2 WHERE call_id = $1 AND status <> 'registered'";
            let values = vec![names::uuid(joined.call.0), Value::from(joined.agent.as_str())];
            sql::execute(conn, sql, values).await?;
            Ok(())
        }
        Fact::CentreStarted { .. }
        | Fact::CallAccepted { .. }
        | Fact::CallQueued { .. }
        | Fact::OfferEnded { .. }
        | Fact::SpecialistLost { .. }
        | Fact::CallEnded(_)
        | Fact::PromiseMade { .. }
        | Fact::PromiseTaken { .. }
        | Fact::PromiseReleased { .. }
        | Fact::PromiseTried { .. }
        | Fact::PromiseClosed { .. }
        | Fact::AgentChanged { .. }
        | Fact::RecordingClosed(_)
        | Fact::RecordingStopped { .. }
        | Fact::RecordingRefused { .. }
        | Fact::MessageStarted { .. }
        | Fact::MessageSpoken { .. }
        | Fact::NumberGiven { .. }
        | Fact::LineModeChanged { .. } => Ok(()),
    }
}

/// Insert or nothing, by the call. It refers to nothing that could be absent: a call is never lost for its draft.
async fn open<C: ConnectionTrait>(conn: &C, call: CallId, at: UtcMs, zone: &TimeZone) -> Result<(), StoreError> {
    let (local_day, _) = figures::cell(at, zone);
    let sql = "INSERT INTO appeals (id, call_id, subject, version, status, kind, asked, answered, speaker, for_whom, \
               local_day, created_at, updated_at) VALUES ($1, $1, (SELECT subject FROM calls WHERE id = $1), 1, \
               'draft', 'consultation', '', '', 'unknown', 'self', $2, $3, $3) ON CONFLICT DO NOTHING";
    sql::execute(conn, sql, vec![names::uuid(call.0), names::day(local_day), Value::from(at.0)]).await?;
    Ok(())
}
