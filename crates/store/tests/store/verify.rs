//! `verify` finds nothing in a sound store, and each kind of damage in one that was harmed.

use otklik_store::verify::FaultCode;
use otklik_store::{OpenMode, VerifyReport};

use crate::place::{Place, append_all, write_files};
use crate::script::Script;

/// 2,000 calls under many leaders, all closed.
#[tokio::test]
async fn two_thousand_calls_are_sound() {
    let place = Place::new();
    let store = place.lead().await;
    let mut script = Script::new();
    let mut chance = 1_u32;
    for n in 0..2_000 {
        chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        match chance >> 30 {
            0 => drop(script.accept(None)),
            _ => drop(script.answered_call()),
        }
        if n % 400 == 399 {
            script.restart();
        }
    }
    append_all(&store, &script.envelopes).await;
    write_files(&place.recordings(), &script.files);
    let report = store.verify(&place.recordings()).await.expect("verified");
    assert_eq!(report.faults, []);
    assert_eq!((report.facts, report.calls), (script.envelopes.len() as u64, 2_000));
    assert_eq!(report.recordings, script.files.len() as u64);
}

/// An appeal under a number before which none stands.
const SECOND_WITHOUT_FIRST: &str = "UPDATE appeals SET status = 'registered', number = '26-000002', number_year = 2026, \
                                    number_n = 2 WHERE id = (SELECT MIN(id) FROM appeals)";

enum Damage {
    Sql(&'static str),
    File(fn(&std::path::Path)),
}

#[tokio::test]
async fn each_damage_is_found() {
    use Damage::{File, Sql};
    let table: Vec<(Damage, FaultCode)> = vec![
        (Sql("DELETE FROM journal WHERE seq = 9"), FaultCode::SeqGap),
        (Sql("DELETE FROM journal WHERE seq = (SELECT MAX(seq) FROM journal)"), FaultCode::SeqGap),
        (Sql("UPDATE journal SET epoch = 1 WHERE seq = (SELECT MAX(seq) FROM journal)"), FaultCode::EpochFell),
        (Sql("UPDATE meta SET value = '1' WHERE key = 'epoch'"), FaultCode::EpochFell),
        (Sql("UPDATE journal SET at_ms = 5 WHERE seq = 9"), FaultCode::TimeFell),
        (Sql("UPDATE journal SET body = '{}' WHERE seq = 9"), FaultCode::Unreadable),
        (Sql("UPDATE journal SET kind = 'call_teleported' WHERE seq = 9"), FaultCode::Unreadable),
        (Sql("UPDATE journal SET call_id = NULL WHERE seq = 9"), FaultCode::Unreadable),
        (
            Sql("UPDATE journal SET body = replace(body, '\"jobs\"', '\"hel\"') WHERE kind = 'call_accepted'"),
            FaultCode::EndDiffers,
        ),
        (Sql(ENDED_TWICE), FaultCode::SecondOutcome),
        (Sql("DELETE FROM journal WHERE kind = 'call_accepted'"), FaultCode::UnknownCall),
        (Sql("DELETE FROM journal WHERE kind = 'call_ended'"), FaultCode::NoOutcome),
        (Sql("DELETE FROM journal WHERE kind = 'promise_made'"), FaultCode::NoPromise),
        (Sql("DELETE FROM journal WHERE kind = 'recording_closed'"), FaultCode::RecordingUnclosed),
        (Sql("DELETE FROM appeals WHERE id = (SELECT MIN(id) FROM appeals)"), FaultCode::NoAppeal),
        (Sql("INSERT INTO appeal_numbers (number_year, last) VALUES (2026, 3)"), FaultCode::NumberGap),
        (Sql(SECOND_WITHOUT_FIRST), FaultCode::NumberGap),
        (Sql("UPDATE outcomes SET outcome = 'rejected' WHERE outcome = 'answered'"), FaultCode::TableDiffers),
        (Sql("UPDATE outcomes SET outcome = 'vanished'"), FaultCode::TableDiffers),
        (Sql("DELETE FROM outcomes WHERE outcome = 'interrupted'"), FaultCode::TableDiffers),
        (Sql("UPDATE calls SET offers = 7"), FaultCode::TableDiffers),
        (Sql("UPDATE calls SET outcome = NULL"), FaultCode::TableDiffers),
        (Sql("DELETE FROM calls"), FaultCode::TableDiffers),
        (Sql("UPDATE rollups SET n = n + 1 WHERE metric = 'answered'"), FaultCode::TableDiffers),
        (Sql("INSERT INTO rollups VALUES ('2026-01-01', 1, 'help', 'answered', 1)"), FaultCode::TableDiffers),
        (Sql("DELETE FROM promises"), FaultCode::TableDiffers),
        (Sql("UPDATE promises SET due_at = due_at + 1"), FaultCode::TableDiffers),
        (Sql("UPDATE promises SET state = 'taken'"), FaultCode::TableDiffers),
        (Sql("UPDATE promises SET proof = NULL, closed_by = 'nobody'"), FaultCode::TableDiffers),
        (Sql("DELETE FROM promise_tries"), FaultCode::TableDiffers),
        (Sql("DELETE FROM journal WHERE kind = 'promise_made'"), FaultCode::PromiseNotOpen),
        (Sql(CLOSED_TWICE), FaultCode::PromiseNotOpen),
        (Sql("UPDATE line_modes SET mode = 'closed'"), FaultCode::TableDiffers),
        (Sql("UPDATE recordings SET size_bytes = 1"), FaultCode::TableDiffers),
        (Sql("UPDATE snapshots SET body = replace(body, '\"epoch\":2', '\"epoch\":1')"), FaultCode::SnapshotDiffers),
        (Sql("UPDATE snapshots SET seq = seq + 1"), FaultCode::SeqGap),
        (File(|file| std::fs::remove_file(file).expect("removed")), FaultCode::RecordingMissing),
        (File(|file| cut(file, 100)), FaultCode::RecordingChanged),
        (File(|file| flip(file, 300)), FaultCode::RecordingChanged),
    ];
    for (damage, expected) in table {
        let (place, sound) = sound().await;
        assert_eq!(sound.faults, []);
        let name = match damage {
            Sql(sql) => {
                place.damage(sql).await;
                sql
            }
            File(harm) => {
                let folder = place.recordings().join("2026-11-24");
                let file = std::fs::read_dir(folder).expect("listed").next().expect("a recording").expect("read");
                harm(&file.path());
                "a file"
            }
        };
        let report = verified(&place).await;
        assert!(report.faults.iter().any(|fault| fault.code == expected), "{name}: {expected:?} not in {report:?}");
    }
}

/// A second end of the first call that ended, behind the last fact.
const ENDED_TWICE: &str = "INSERT INTO journal SELECT partition, (SELECT MAX(seq) + 1 FROM journal), \
    (SELECT MAX(epoch) FROM journal), (SELECT MAX(at_ms) FROM journal), kind, version, call_id, body \
    FROM journal WHERE kind = 'call_ended' ORDER BY seq LIMIT 1";

/// A second end of the promise, behind the last fact.
const CLOSED_TWICE: &str = "INSERT INTO journal SELECT partition, (SELECT MAX(seq) + 1 FROM journal), \
    (SELECT MAX(epoch) FROM journal), (SELECT MAX(at_ms) FROM journal), kind, version, call_id, body \
    FROM journal WHERE kind = 'promise_closed' ORDER BY seq LIMIT 1";

/// Two answered calls, one that a kill interrupted, its promise tried and closed, and a line that was switched; with a
/// snapshot of all.
async fn sound() -> (Place, VerifyReport) {
    let place = Place::new();
    let store = place.lead().await;
    let mut script = Script::new();
    script.answered_call();
    script.answered_call();
    script.accept(None);
    script.push(otklik_model::Fact::LineModeChanged {
        line: otklik_model::LineId::new("help"),
        mode: otklik_model::LineMode::Open,
        by: None,
    });
    script.restart();
    crate::promises::keep(&mut script);
    append_all(&store, &script.envelopes).await;
    store.snapshot(&script.ledger).await.expect("a snapshot");
    write_files(&place.recordings(), &script.files);
    store.close().await.expect("closes");
    let report = verified(&place).await;
    (place, report)
}

async fn verified(place: &Place) -> VerifyReport {
    let reader = place.open(OpenMode::ReadOnly).await;
    let report = reader.verify(&place.recordings()).await.expect("verified");
    reader.close().await.expect("closes");
    report
}

fn cut(file: &std::path::Path, to: usize) {
    let bytes = std::fs::read(file).expect("read");
    std::fs::write(file, &bytes[..to]).expect("written");
}

fn flip(file: &std::path::Path, at: usize) {
    let mut bytes = std::fs::read(file).expect("read");
    bytes[at] ^= 1;
    std::fs::write(file, bytes).expect("written");
}
