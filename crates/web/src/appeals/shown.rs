//! Appeals and persons as the pages get them.

use std::collections::BTreeMap;

use otklik_centre::appeals::filing::{self, Content};
use otklik_model::{AgentId, PersonId, Personal, TopicId};
use otklik_store::{self as store, AuditRow, PersonName, Role};

use super::dto::{
    Appeal, AppealEvent, AppealKind, AppealRow, AppealStatus, Beneficiary, BeneficiaryIs, Dismissal, Missing, Speaker,
    SpeakerIs,
};
use crate::dto::{self, LineRef, PersonRef};
use crate::persons::dto::PersonBrief;
use crate::problem::Problem;
use crate::session::SignedIn;
use crate::state::App;

/// Letters of what was asked that the list shows.
const EXCERPT: usize = 300;

/// The names of the staff.
pub(crate) struct Staff(BTreeMap<AgentId, String>);

impl Staff {
    pub(crate) async fn of(app: &App) -> Result<Self, Problem> {
        let people = app.0.store.people().await?;
        Ok(Self(people.into_iter().map(|person| (person.id, person.name.into_inner())).collect()))
    }

    fn named(&self, id: &AgentId) -> PersonRef {
        PersonRef { id: id.to_string(), name: self.0.get(id).cloned().unwrap_or_else(|| id.to_string()) }
    }
}

/// May they write the appeal? The call's specialist may, also before the store knows that they answered; and who leads
/// the shift.
pub(crate) fn may_write(app: &App, me: &SignedIn, appeal: &store::Appeal) -> bool {
    match me.person.role {
        Role::ShiftLead => true,
        Role::Specialist => appeal.author.as_ref() == Some(&me.person.id) || talks(app, &me.person.id, appeal.call),
        Role::Head | Role::Administrator | Role::PressOffice | Role::MeasureEditor | Role::PrivacyOfficer => false,
    }
}

fn talks(app: &App, who: &AgentId, call: otklik_model::CallId) -> bool {
    use otklik_model::AgentState::{Talking, WrapUp};
    let live = app.0.engine.live();
    let live = live.borrow();
    let state = live.view.agents.iter().find(|agent| agent.id == *who).map(|agent| agent.state);
    state == Some(Talking { call }) || state == Some(WrapUp { call })
}

/// The whole of an appeal, for the one who asks.
pub(crate) async fn whole(app: &App, me: &SignedIn, appeal: store::Appeal) -> Result<Appeal, Problem> {
    let staff = Staff::of(app).await?;
    let events = app.0.store.audit_of(&appeal.id.to_string()).await?;
    let event = |row: AuditRow| AppealEvent { at: row.at.0, who: staff.named(&AgentId(row.who)), what: row.what };
    let missing = appeal.content.missing();
    Ok(Appeal {
        may_write: may_write(app, me, &appeal),
        id: appeal.id.to_string(),
        call: appeal.call.to_string(),
        line: appeal.line.as_ref().map(|line| LineRef { id: line.to_string(), name: app.line_name(line) }),
        caller: appeal.caller.as_ref().map(dto::shown),
        version: appeal.version,
        status: appeal.status.into(),
        number: appeal.number,
        kind: appeal.content.kind.into(),
        speaker: speaker(&appeal.content, appeal.speaker),
        for_whom: beneficiary(&appeal.content, appeal.beneficiary),
        topics: ids(appeal.content.topics),
        asked: appeal.content.asked.into_inner(),
        answered: appeal.content.answered.into_inner(),
        result: appeal.content.result.map(|result| result.0),
        dismissal: appeal.dismissal.map(Into::into),
        missing: missing.into_iter().map(Into::into).collect(),
        author: appeal.author.as_ref().map(|author| staff.named(author)),
        created_at: appeal.created_at.0,
        updated_at: appeal.updated_at.0,
        updated_by: appeal.updated_by.as_ref().map(|who| staff.named(who)),
        registered_at: appeal.registered_at.map(|at| at.0),
        history: events.into_iter().map(event).collect(),
    })
}

/// An appeal in a list.
pub(crate) fn row(staff: &Staff, appeal: store::Appeal) -> AppealRow {
    AppealRow {
        id: appeal.id.to_string(),
        call: appeal.call.to_string(),
        number: appeal.number,
        status: appeal.status.into(),
        kind: appeal.content.kind.into(),
        created_at: appeal.created_at.0,
        registered_at: appeal.registered_at.map(|at| at.0),
        caller: appeal.caller.as_ref().map(dto::shown),
        speaker: speaker(&appeal.content, appeal.speaker),
        topics: ids(appeal.content.topics),
        asked: appeal.content.asked.reveal().chars().take(EXCERPT).collect(),
        result: appeal.content.result.map(|result| result.0),
        dismissal: appeal.dismissal.map(Into::into),
        author: appeal.author.as_ref().map(|author| staff.named(author)),
    }
}

/// A person by name.
pub(crate) fn brief(id: PersonId, name: PersonName) -> PersonBrief {
    let PersonName { family_name, given_name, patronymic } = name;
    let [family_name, given_name, patronymic] = [family_name, given_name, patronymic].map(Personal::into_inner);
    PersonBrief { id: id.to_string(), family_name, given_name, patronymic }
}

fn ids(topics: Vec<TopicId>) -> Vec<String> {
    topics.into_iter().map(|topic| topic.0).collect()
}

fn speaker(content: &Content, name: Option<PersonName>) -> Speaker {
    match content.speaker {
        filing::Speaker::Unknown => Speaker { is: SpeakerIs::Unknown, person: None },
        filing::Speaker::DidNotSay => Speaker { is: SpeakerIs::DidNotSay, person: None },
        filing::Speaker::Person(id) => Speaker { is: SpeakerIs::Person, person: name.map(|name| brief(id, name)) },
    }
}

fn beneficiary(content: &Content, name: Option<PersonName>) -> Beneficiary {
    match &content.for_whom {
        filing::Beneficiary::Oneself => Beneficiary { is: BeneficiaryIs::Oneself, person: None, relation: None },
        filing::Beneficiary::Person(id) => {
            let person = name.map(|name| brief(*id, name));
            Beneficiary { is: BeneficiaryIs::Person, person, relation: None }
        }
        filing::Beneficiary::Relation(relation) => {
            let relation = Some(relation.reveal().clone());
            Beneficiary { is: BeneficiaryIs::Relation, person: None, relation }
        }
    }
}

macro_rules! alike {
    ($ours:ident, $theirs:ident: $($variant:ident = $other:ident),+) => {
        impl From<filing::$theirs> for $ours {
            fn from(one: filing::$theirs) -> Self {
                match one {
                    $(filing::$theirs::$other => Self::$variant,)+
                }
            }
        }

        impl From<$ours> for filing::$theirs {
            fn from(one: $ours) -> Self {
                match one {
                    $($ours::$variant => Self::$other,)+
                }
            }
        }
    };
}

alike!(AppealStatus, Status: Draft = Draft, Registered = Registered, Dismissed = Dismissed);
alike!(AppealKind, Kind: Consultation = Consultation, Appeal59fz = Appeal59Fz);
alike!(Dismissal, Dismissal: Silence = Silence, WrongNumber = WrongNumber, Prank = Prank, Abuse = Abuse);
alike!(Missing, Missing: Topic = Topic, Asked = Asked, Result = Result, Speaker = Speaker);
