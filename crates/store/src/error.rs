//! What can go wrong in the store, for those who call it. No personal data stands in a message.

use std::path::PathBuf;

use sea_orm::DbErr;

/// Why the store did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database failed; the chain says how.
    #[error("the database failed")]
    Database(#[from] DbErr),
    /// No database where one was to be read.
    #[error("no database at {}", path.display())]
    NotFound {
        /// The file that was looked for.
        path: PathBuf,
    },
    /// The folder of the database could not be made.
    #[error("the folder of the database {} cannot be made", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The tables are of another version of the program, and this opening may not change them.
    #[error("the tables are of another version of the program ({found}, this one has {expected})")]
    OtherSchema {
        /// Name of the newest migration in the database.
        found: String,
        /// Name of the newest migration of this program.
        expected: String,
    },
    /// A change was asked of a store that was opened to read only.
    #[error("the store was opened to read only")]
    ReadOnly,
    /// Another process leads now, or this one never began to.
    #[error("epoch {stored} leads, not epoch {ours}")]
    Fenced {
        /// The epoch that we write under; 0 where we never began one.
        ours: u64,
        /// The epoch that leads.
        stored: u64,
    },
    /// The facts do not follow what the journal holds.
    #[error("fact {expected} should follow in the journal, not {found}")]
    Gap {
        /// The next free place.
        expected: u64,
        /// The place of the fact that was to be appended.
        found: u64,
    },
    /// A batch holds facts of a part of the journal that this store does not lead.
    #[error("partition {found} is not led here")]
    OtherPartition {
        /// The partition of the fact.
        found: u16,
    },
    /// A fact of a kind or version that this program does not know: it may not lead.
    #[error("fact {seq} is of kind {kind} version {version}, which this program does not know")]
    UnknownKind {
        /// Place of the fact.
        seq: u64,
        /// Its kind.
        kind: String,
        /// Its version.
        version: i64,
    },
    /// A stored value cannot be read back.
    #[error("{what} cannot be read back")]
    Corrupt {
        /// Table and place.
        what: String,
    },
    /// A snapshot of facts that the journal does not hold.
    #[error("the snapshot is of fact {snapshot}, the journal ends at {journal}")]
    SnapshotAhead {
        /// Place of the snapshot's last fact.
        snapshot: u64,
        /// Place of the journal's last fact.
        journal: u64,
    },
    /// A person of that sign-in name exists.
    #[error("a person of that sign-in name exists")]
    PersonExists,
    /// No person of that sign-in name.
    #[error("no person of that sign-in name")]
    NoSuchPerson,
    /// The change would leave nobody who can set the centre up.
    #[error("the last administrator who can sign in stays")]
    LastAdministrator,
    /// The row was changed by somebody else since it was read.
    #[error("the row is at version {stored}, the change was made on version {expected}")]
    Stale {
        /// The version that the change was made on.
        expected: u64,
        /// The version that is stored.
        stored: u64,
    },
}

impl StoreError {
    /// True where another process leads now: this one must stop at once, and another try is in vain.
    pub fn is_fenced(&self) -> bool {
        matches!(self, Self::Fenced { .. })
    }

    pub(crate) fn corrupt(what: impl Into<String>) -> Self {
        Self::Corrupt { what: what.into() }
    }
}
