//! What a rule found: where, what, and what to do about it.

use std::fmt;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// The gate fails.
    Error,
    /// The gate says it and passes.
    Warning,
}

/// One thing to mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// Relative to the root.
    pub(crate) path: String,
    /// From 1.
    pub(crate) line: usize,
    /// What is wrong.
    pub(crate) what: String,
    /// What to do.
    pub(crate) remedy: String,
    /// How much it weighs.
    pub(crate) weight: Weight,
}

impl Finding {
    /// A finding that fails the gate.
    pub(crate) fn error(path: &str, line: usize, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, what: what.into(), remedy: remedy.into(), weight: Weight::Error }
    }

    /// A finding that is only said.
    pub(crate) fn warning(path: &str, line: usize, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { weight: Weight::Warning, ..Self::error(path, line, what, remedy) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match self.weight {
            Weight::Error => "",
            Weight::Warning => "warning: ",
        };
        write!(f, "{}:{}: {mark}{}; {}", self.path, self.line, self.what, self.remedy)
    }
}

/// What a table of a rule's tests compares: the lines and what was said.
#[cfg(test)]
pub(crate) fn said(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| format!("{}: {}", finding.line, finding.what)).collect()
}
