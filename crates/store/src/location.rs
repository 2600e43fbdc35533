//! Where the journal lies. Reads the address, opens nothing.

use std::path::{Path, PathBuf};

/// The place of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// One file of `SQLite` (its `-wal` and `-shm` lie beside it).
    Sqlite(PathBuf),
}

/// Why an address names no place that this build can use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LocationError {
    /// `PostgreSQL`.
    #[error(
        "this build keeps its journal in SQLite; PostgreSQL is not built in: leave --database out, or give sqlite:PATH"
    )]
    PostgresNotBuilt,
    /// Another scheme, or none.
    #[error("a database address begins with sqlite: (sqlite:PATH)")]
    UnknownScheme,
    /// `sqlite:` with nothing behind it.
    #[error("the database address names no file: write sqlite:PATH")]
    NoPath,
}

impl Location {
    /// The place that `url` names; without one the file `otklik.db` in the data folder.
    ///
    /// # Errors
    /// [`LocationError`]; the address itself is never in it, for it may hold a password.
    pub fn parse(data_dir: &Path, url: Option<&str>) -> Result<Self, LocationError> {
        let Some(url) = url else { return Ok(Self::Sqlite(data_dir.join("otklik.db"))) };
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            return Err(LocationError::PostgresNotBuilt);
        }
        let path = url.strip_prefix("sqlite:").ok_or(LocationError::UnknownScheme)?;
        let path = path.strip_prefix("//").unwrap_or(path);
        if path.is_empty() {
            return Err(LocationError::NoPath);
        }
        Ok(Self::Sqlite(PathBuf::from(path)))
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{Location, LocationError};

    #[test]
    fn addresses_name_a_file_or_say_why_not() {
        let table: &[(Option<&str>, Result<&str, LocationError>)] = &[
            (None, Ok("/data/otklik.db")),
            (Some("sqlite:/srv/a.db"), Ok("/srv/a.db")),
            (Some("sqlite:///srv/a.db"), Ok("/srv/a.db")),
            (Some("sqlite:a b?c.db"), Ok("a b?c.db")),
            (Some("sqlite:"), Err(LocationError::NoPath)),
            (Some("postgres://otklik:secret@db/otklik"), Err(LocationError::PostgresNotBuilt)),
            (Some("postgresql://db/otklik"), Err(LocationError::PostgresNotBuilt)),
            (Some("/srv/a.db"), Err(LocationError::UnknownScheme)),
        ];
        for (url, expected) in table {
            let expected = expected.clone().map(|path| Location::Sqlite(PathBuf::from(path)));
            assert_eq!(Location::parse(Path::new("/data"), *url), expected, "{url:?}");
        }
    }
}
