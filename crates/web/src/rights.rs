//! Who may do what. A handler names the right that it needs as the type of an argument, [`May`]; whoever lacks the right
//! never reaches the handler. `roles.tsv` beside the sources says the same as a table, and a test holds the two together.

use std::marker::PhantomData;
use std::ops::Deref;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use otklik_store::Role;

use crate::problem::Problem;
use crate::session::SignedIn;
use crate::state::App;

/// A right that a handler can ask for.
pub(crate) trait Right {
    /// Does the role have it?
    fn of(role: Role) -> bool;
}

macro_rules! rights {
    ($($(#[$doc:meta])* $name:ident: $($role:ident)|+;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug)]
            pub(crate) enum $name {}

            impl Right for $name {
                fn of(role: Role) -> bool {
                    matches!(role, $(Role::$role)|+)
                }
            }
        )*
    };
}

rights! {
    /// Take calls at a desk of one's own.
    TakeCalls: Specialist | ShiftLead;
    /// See the list of calls with the callers' numbers.
    SeeCalls: Specialist | ShiftLead | Head | PrivacyOfficer;
    /// Hear recordings.
    HearRecordings: Specialist | ShiftLead | Head | PrivacyOfficer;
    /// Keep recordings beyond their time.
    HoldRecordings: ShiftLead | Head | PrivacyOfficer;
    /// Read appeals and the cards of persons.
    ReadAppeals: Specialist | ShiftLead | Head | PrivacyOfficer;
    /// Write appeals and the cards of persons.
    WriteAppeals: Specialist | ShiftLead;
    /// Take the list of appeals out of the house as a table.
    ExportAppeals: ShiftLead | Head | PrivacyOfficer;
    /// See and keep what we owe.
    KeepPromises: Specialist | ShiftLead;
    /// See the figures of the house.
    SeeFigures: Specialist | ShiftLead | Head | Administrator | PressOffice;
    /// See the live centre: specialists, calls, queue, alarms.
    SeeCentre: ShiftLead | Head | Administrator;
    /// Lead the shift: change the state of others, settle alarms, pass promises on.
    LeadShift: ShiftLead;
    /// Turn the switch of a line.
    TurnLines: ShiftLead | Head | Administrator;
    /// Set the centre up: people, devices, lines, topics, hours, prompts, keeping.
    SetUp: Administrator;
    /// Read the feed of events.
    ReadEvents: Administrator;
}

/// Somebody signed in who has the right `R`: the proof that it was asked for.
#[derive(Debug)]
pub(crate) struct May<R> {
    signed_in: SignedIn,
    right: PhantomData<R>,
}

impl<R> Deref for May<R> {
    type Target = SignedIn;

    fn deref(&self) -> &SignedIn {
        &self.signed_in
    }
}

impl<R> May<R> {
    /// The session, for who keeps it.
    pub(crate) fn into_signed_in(self) -> SignedIn {
        self.signed_in
    }
}

impl<R: Right> FromRequestParts<App> for May<R> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let signed_in = SignedIn::from_request_parts(parts, app).await?;
        if R::of(signed_in.person.role) {
            Ok(Self { signed_in, right: PhantomData })
        } else {
            Err(Problem::forbidden())
        }
    }
}
