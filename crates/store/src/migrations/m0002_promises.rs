//! The life of a promise: taken, tried, closed.

use super::Step;

pub(super) const STEP: Step = Step { name: "m0002_promises", statements: STATEMENTS };

const STATEMENTS: &[&str] = &[];
