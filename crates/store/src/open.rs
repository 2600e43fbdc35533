//! Opening the store: one connection that writes, a few that read, and the migrations in between.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::tz::TimeZone;
use otklik_centre::figures::FORMULA_VERSION;
use otklik_model::Envelope;
use sea_orm::sqlx::Connection;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, SqliteTransactionMode, TransactionOptions,
    TransactionTrait, Value,
};
use sea_orm_migration::MigratorTrait;

use crate::error::StoreError;
use crate::location::Location;
use crate::migrations::Migrator;
use crate::{sql, tables};

/// Connections that read.
const READERS: u32 = 4;

/// How long a statement waits for another process that writes.
const BUSY: Duration = Duration::from_secs(5);

/// Version of the meaning of the derived tables; raising it derives them anew at the next start.
const TABLES_VERSION: u16 = 1;

/// For what the store is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenMode {
    /// To write: makes the file and its tables where they are missing.
    Lead,
    /// To change what people edit, beside a process that leads; makes no tables and no file.
    Beside,
    /// To read beside a process that writes; never makes or changes anything.
    ReadOnly,
}

/// An open store. Shared behind an `Arc`; every method takes `&self`.
#[derive(Debug)]
pub struct Store {
    write: Option<DatabaseConnection>,
    read: DatabaseConnection,
    zone: TimeZone,
    epoch: AtomicU64,
    repeated: AtomicU64,
}

impl Store {
    /// Opens the store; `zone` is the centre's. With [`OpenMode::Lead`] the tables are brought to this program's
    /// version, and derived anew where their meaning, the formulas or the zone have changed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] and [`StoreError::OtherSchema`] where it makes no tables, else what the system said.
    pub async fn open(location: Location, zone: TimeZone, mode: OpenMode) -> Result<Self, StoreError> {
        let Location::Sqlite(path) = location;
        let (epoch, repeated) = (AtomicU64::new(0), AtomicU64::new(0));
        match mode {
            OpenMode::Lead => {
                make_folder(&path)?;
                let write = connect(path.clone(), 1, writing).await?;
                Migrator::up(&write, None).await?;
                let read = connect(path, READERS, reading).await?;
                let store = Self { write: Some(write), read, zone, epoch, repeated };
                store.derive_where_changed().await?;
                Ok(store)
            }
            OpenMode::Beside => {
                if !path.is_file() {
                    return Err(StoreError::NotFound { path });
                }
                // First the one that writes: SQLite shares the index of the WAL in a process as it was first opened.
                let write = connect(path.clone(), 1, writing).await?;
                let read = connect(path, READERS, reading).await?;
                check_schema(&read).await?;
                Ok(Self { write: Some(write), read, zone, epoch, repeated })
            }
            OpenMode::ReadOnly => {
                if !path.is_file() {
                    return Err(StoreError::NotFound { path });
                }
                let read = connect(path, READERS, reading).await?;
                check_schema(&read).await?;
                Ok(Self { write: None, read, zone, epoch, repeated })
            }
        }
    }

    /// Closes the connections; the last to close tidies the files away that `SQLite` keeps beside its own.
    ///
    /// # Errors
    /// What the database said.
    pub async fn close(&self) -> Result<(), StoreError> {
        self.read.close_by_ref().await?;
        if let Some(write) = &self.write {
            write.close_by_ref().await?;
        }
        Ok(())
    }

    /// Facts that repeated what can be true once only (a second outcome of a call), since the store was opened. More
    /// than zero is an alarm.
    pub fn repeated_facts(&self) -> u64 {
        self.repeated.load(Ordering::Relaxed)
    }

    /// Derives every derived table anew from the journal.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`], or what the database said.
    pub async fn rebuild(&self) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        tables::rebuild(&txn, &self.zone).await?;
        Ok(txn.commit().await?)
    }

    pub(crate) fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    pub(crate) fn zone(&self) -> &TimeZone {
        &self.zone
    }

    pub(crate) fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Acquire)
    }

    pub(crate) fn take_epoch(&self, epoch: u64) {
        self.epoch.store(epoch, Ordering::Release);
    }

    pub(crate) fn count_repeated(&self, envelope: &Envelope) {
        self.repeated.fetch_add(1, Ordering::Relaxed);
        let (seq, kind) = (envelope.seq, envelope.fact.kind());
        tracing::error!(seq, kind, "a fact repeats what can be true once only; the tables keep the first");
    }

    /// Begins a transaction that writes. It takes the lock of the database at once (BEGIN IMMEDIATE), for what is
    /// read in it must still be true when it is written.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, StoreError> {
        let write = self.write.as_ref().ok_or(StoreError::ReadOnly)?;
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(write.begin_with_options(options).await?)
    }

    /// Begins a transaction that reads: all that is read in it is of one moment.
    pub(crate) async fn moment(&self) -> Result<DatabaseTransaction, StoreError> {
        Ok(self.read.begin().await?)
    }

    async fn derive_where_changed(&self) -> Result<(), StoreError> {
        let zone = self.zone.iana_name().unwrap_or("fixed");
        let meaning = format!("tables {TABLES_VERSION}, formulas {FORMULA_VERSION}, zone {zone}");
        let txn = self.begin().await?;
        let row = sql::one(&txn, "SELECT value FROM meta WHERE key = 'derived'", vec![]).await?;
        let stored: Option<String> = row.map(|row| row.try_get("", "value")).transpose()?;
        if stored.as_deref() == Some(meaning.as_str()) {
            return Ok(txn.rollback().await?);
        }
        if stored.is_some() {
            tracing::info!(meaning, "the derived tables are derived anew");
        }
        tables::rebuild(&txn, &self.zone).await?;
        let sql = "INSERT INTO meta (key, value) VALUES ('derived', $1) \
                   ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        sql::execute(&txn, sql, vec![Value::from(meaning)]).await?;
        Ok(txn.commit().await?)
    }
}

fn make_folder(path: &Path) -> Result<(), StoreError> {
    let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) else { return Ok(()) };
    std::fs::create_dir_all(folder).map_err(|source| StoreError::Folder { path: folder.to_path_buf(), source })
}

async fn connect(
    path: PathBuf,
    connections: u32,
    with: fn(SqliteConnectOptions) -> SqliteConnectOptions,
) -> Result<DatabaseConnection, StoreError> {
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.max_connections(connections).min_connections(1).sqlx_logging(false).record_stmt_in_spans(false);
    options.map_sqlx_sqlite_opts(move |sqlite| with(sqlite.in_memory(false).filename(&path)));
    // A full disk makes SQLite roll back by itself, and the driver goes on to believe in a transaction: what is then
    // "committed" on that connection reaches no disk. Such a connection is thrown away and another one opened.
    options.map_sqlx_sqlite_pool_opts(|pool| {
        pool.after_release(|connection, _| {
            Box::pin(async move {
                connection.ping().await?;
                Ok(!connection.is_in_transaction())
            })
        })
    });
    Ok(Database::connect(options).await?)
}

fn writing(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
}

fn reading(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options.create_if_missing(false).read_only(true).foreign_keys(true).busy_timeout(BUSY)
}

async fn check_schema(read: &DatabaseConnection) -> Result<(), StoreError> {
    let expected = Migrator::migrations().last().map(|step| step.name().to_owned()).unwrap_or_default();
    let sql = "SELECT MAX(version) AS version FROM seaql_migrations";
    let row = sql::one(read, sql, vec![]).await.ok().flatten();
    let found: Option<String> = row.and_then(|row| row.try_get("", "version").ok()).flatten();
    let found = found.unwrap_or_else(|| "none".to_owned());
    if found == expected { Ok(()) } else { Err(StoreError::OtherSchema { found, expected }) }
}
