//! People: invitations and what their rows have gained.

use super::Step;

pub(super) const STEP: Step = Step { name: "m0004_people", statements: STATEMENTS };

const STATEMENTS: &[&str] = &[];
