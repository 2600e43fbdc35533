//! Settings that an administrator edits.

use super::Step;

pub(super) const STEP: Step = Step { name: "m0005_settings", statements: STATEMENTS };

const STATEMENTS: &[&str] = &[];
