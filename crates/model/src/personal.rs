//! What is somebody's own and must never reach a log.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Wraps a personal datum (a number, a name, a text of an appeal). `Debug` hides it and there is no `Display`:
/// whoever shows it must say so by calling [`Personal::reveal`]. (152-FZ, article 7: confidentiality.)
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Personal<T>(T);

impl<T> Personal<T> {
    /// Wraps the datum.
    pub fn new(datum: T) -> Self {
        Self(datum)
    }

    /// The datum itself; never for a log.
    pub fn reveal(&self) -> &T {
        &self.0
    }

    /// Gives the datum out of the wrapper.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Personal(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::Personal;

    #[test]
    fn debug_hides_the_datum() {
        let phone = Some(Personal::new("+79000000014"));
        assert_eq!(format!("{phone:?}"), "Some(Personal(hidden))");
    }
}
