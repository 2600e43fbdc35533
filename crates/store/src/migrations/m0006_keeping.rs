//! Keeping: how long recordings stay and what was deleted.

use super::Step;

pub(super) const STEP: Step = Step { name: "m0006_keeping", statements: STATEMENTS };

const STATEMENTS: &[&str] = &[];
