//! A centre whose journal holds answered calls, and people of every role who sign in.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use jiff::tz::TimeZone;
use otklik_model::{
    AgentId, CallEnded, CallId, CallJoined, Envelope, Fact, HangupSide, LineId, OfferId, Outcome, Personal,
    PhoneNumber, QueueEntry, SubjectId, UtcMs,
};
use otklik_store::{Batch, Location, OpenMode, Role, Store};
use otklik_testkit::{Centre, DataFolder, Session, Setup};
use otklik_web::{NewPerson, add_person};
use serde_json::json;

use crate::program;

/// 2026-11-24T05:00:00Z.
const START: i64 = 1_795_496_400_000;
const PASSWORD: &str = "только для испытаний";

/// A running centre with calls 1..=n, each answered by Vera, from +7831000000n.
pub(crate) struct House {
    pub(crate) centre: Centre,
    passwords: BTreeMap<String, String>,
}

/// The id of the `n`th call.
pub(crate) fn call(n: usize) -> String {
    format!("01936b5c-0000-7000-8000-{n:012}")
}

impl House {
    pub(crate) async fn open(calls: usize) -> Result<Self> {
        let data = DataFolder::new()?;
        let zone = TimeZone::get("Europe/Moscow")?;
        let store = Store::open(Location::parse(data.path(), None)?, zone, OpenMode::Lead).await?;
        let epoch = store.begin_epoch().await?;
        store.append(&journal(epoch, calls)?).await?;
        let others = [
            ("nina", Role::Head),
            ("oleg", Role::Administrator),
            ("polina", Role::PressOffice),
            ("roman", Role::MeasureEditor),
            ("sofia", Role::PrivacyOfficer),
        ];
        for (id, role) in others {
            let (id, name) = (AgentId::new(id), format!("{id} Вымышленная"));
            let password = Personal::new(PASSWORD.to_owned());
            add_person(&store, NewPerson { id, name, role, gender: None, password }, UtcMs(START)).await?;
        }
        store.close().await?;
        let centre = Centre::start_with(&program(), data, Setup::default()).await?;
        let text = std::fs::read_to_string(centre.data().path().join("demo-passwords.json"))?;
        Ok(Self { centre, passwords: serde_json::from_str(&text)? })
    }

    pub(crate) async fn sign_in(&self, name: &str) -> Result<Session> {
        let password = self.passwords.get(name).map_or(PASSWORD, String::as_str);
        Session::sign_in(self.centre.addresses()?.0, name, password).await
    }

    /// Stops the centre and demands that its store is sound.
    pub(crate) async fn closes_sound(mut self) -> Result<()> {
        self.centre.stop().await?;
        self.centre.verify().await
    }
}

fn journal(epoch: u64, calls: usize) -> Result<Batch> {
    let mut facts = vec![Fact::CentreStarted { program: "0.1.0".to_owned() }];
    let mut subjects = Vec::new();
    for n in 1..=calls {
        let id: CallId = serde_json::from_value(json!(call(n)))?;
        let subject: SubjectId = serde_json::from_value(json!(format!("01936b5c-0000-7000-9000-{n:012}")))?;
        subjects.push((subject, Personal::new(PhoneNumber::parse(&format!("+7831{n:07}"))?)));
        facts.extend(answered(id, subject, u64::try_from(n)?));
    }
    let place = |(seq, fact): (u64, Fact)| {
        let at = UtcMs(START + 2_500 * i64::try_from(seq).context("a time")?);
        Ok(Envelope { partition: 0, seq, epoch, at, fact })
    };
    Ok(Batch { envelopes: (1..).zip(facts).map(place).collect::<Result<_>>()?, subjects, ..Batch::default() })
}

fn answered(call: CallId, subject: SubjectId, offer: u64) -> [Fact; 5] {
    let (line, agent) = (LineId::new("main"), AgentId::new("vera"));
    // Facts are 2.5 s apart: accepted, queued, offered, joined, ended.
    let at = |fact: u64| UtcMs(START + 2_500 * i64::try_from(5 * (offer - 1) + 2 + fact).unwrap_or_default());
    [
        Fact::CallAccepted { call, line: line.clone(), subject: Some(subject) },
        Fact::CallQueued { call, entry: QueueEntry::First },
        Fact::CallOffered { call, agent: agent.clone(), offer: OfferId(offer) },
        Fact::CallJoined(CallJoined { call, agent: agent.clone(), recording: None }),
        Fact::CallEnded(CallEnded {
            call,
            line,
            outcome: Outcome::Answered,
            side: HangupSide::Caller,
            started_at: at(0),
            queued_at: Some(at(1)),
            answered_at: Some(at(3)),
            agent: Some(agent),
        }),
    ]
}
