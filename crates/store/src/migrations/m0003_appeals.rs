//! Appeals and the persons who make them.

use super::Step;

pub(super) const STEP: Step = Step { name: "m0003_appeals", statements: STATEMENTS };

const STATEMENTS: &[&str] = &[];
