//! A folder of a test's own, and a way into its database behind the store's back.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use otklik_model::Envelope;
use otklik_store::{Batch, Location, OpenMode, Store};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement};
use uuid::Uuid;

/// A folder that goes when the test is over.
pub(crate) struct Place(PathBuf);

impl Place {
    pub(crate) fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("otklik-store-{}", Uuid::new_v4()));
        std::fs::create_dir_all(&folder).expect("a temporary folder can be made");
        Self(folder)
    }

    pub(crate) fn recordings(&self) -> PathBuf {
        self.0.join("recordings")
    }

    pub(crate) fn location(&self) -> Location {
        Location::parse(&self.0.join("data"), None).expect("the default location")
    }

    pub(crate) async fn open(&self, mode: OpenMode) -> Store {
        Store::open(self.location(), zone(), mode).await.expect("the store opens")
    }

    /// A store that leads under its first epoch.
    pub(crate) async fn lead(&self) -> Store {
        let store = self.open(OpenMode::Lead).await;
        store.begin_epoch().await.expect("an epoch begins");
        store
    }

    /// A connection that knows nothing of the store.
    pub(crate) async fn behind(&self) -> DatabaseConnection {
        let path = self.0.join("data/otklik.db");
        let mut options = ConnectOptions::new("sqlite::memory:");
        options.max_connections(1).sqlx_logging(false);
        options.map_sqlx_sqlite_opts(move |sqlite| sqlite.in_memory(false).filename(&path).foreign_keys(false));
        Database::connect(options).await.expect("the file opens")
    }

    pub(crate) async fn damage(&self, sql: &str) {
        let behind = self.behind().await;
        let done = behind.execute_unprepared(sql).await.expect("the damage is done");
        assert!(done.rows_affected() > 0, "the damage touches a row: {sql}");
        behind.close().await.expect("the file closes");
    }

    /// A statement behind the store's back that may touch no row.
    pub(crate) async fn behind_once(&self, sql: &str) {
        let behind = self.behind().await;
        behind.execute_unprepared(sql).await.expect("the statement runs");
        behind.close().await.expect("the file closes");
    }

    pub(crate) async fn count(&self, table: &str) -> i64 {
        let behind = self.behind().await;
        let sql = format!("SELECT COUNT(*) AS n FROM {table}");
        let row = behind.query_one_raw(Statement::from_string(behind.get_database_backend(), sql)).await;
        let n = row.expect("the table is read").expect("a row").try_get("", "n").expect("a number");
        behind.close().await.expect("the file closes");
        n
    }

    /// Every row of every table as text, sorted.
    pub(crate) async fn dump(&self) -> Vec<String> {
        const TABLES: [(&str, &str); 11] = [
            ("journal", "seq || kind || body || at_ms || epoch"),
            ("outbox", "seq || topic || n || body"),
            ("subjects", "id || phone"),
            (
                "calls",
                "id || line || started_at || local_day || coalesce(queued_at, '-') || coalesce(answered_at, '-') || \
                 coalesce(ended_at, '-') || coalesce(agent, '-') || coalesce(recording, '-') || offers || \
                 coalesce(outcome, '-') || last_seq || coalesce(subject, '-')",
            ),
            ("outcomes", "call_id || outcome || coalesce(stage, '-') || side || at_ms || seq"),
            (
                "promises",
                "id || call_id || coalesce(subject, '-') || kind || due_at || made_at || state || \
                 coalesce(owner, '-') || coalesce(taken_at, '-') || coalesce(released_at, '-') || attempts || \
                 coalesce(last_result, '-') || coalesce(next_try_at, '-') || coalesce(closed_at, '-') || \
                 coalesce(closed_by, '-') || coalesce(closed_seq, '-') || coalesce(outcome, '-') || coalesce(proof, '-')",
            ),
            ("promise_tries", "seq || promise || at_ms || who || result"),
            ("promise_notes", "seq || promise || note"),
            ("recordings", "call_id || file || size_bytes || duration_ms || sha256 || dropped_frames"),
            ("rollups", "local_day || half_hour || line || metric || n"),
            ("line_modes", "line || mode"),
        ];
        let behind = self.behind().await;
        let mut rows = Vec::new();
        for (table, columns) in TABLES {
            let sql = format!("SELECT {columns} AS text FROM {table} ORDER BY 1");
            let found = behind.query_all_raw(Statement::from_string(behind.get_database_backend(), sql)).await;
            for row in found.expect("the table is read") {
                let text: String = row.try_get("", "text").expect("a row as text");
                rows.push(format!("{table}: {text}"));
            }
        }
        behind.close().await.expect("the file closes");
        rows
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn zone() -> TimeZone {
    TimeZone::get("Europe/Moscow").expect("the zone is known")
}

/// Appends facts in batches, beginning each new epoch as a new leader would.
pub(crate) async fn append_all(store: &Store, envelopes: &[Envelope]) {
    for of_epoch in envelopes.chunk_by(|a, b| a.epoch == b.epoch) {
        if store.recover().await.expect("recovers").epoch < of_epoch[0].epoch {
            store.begin_epoch().await.expect("an epoch begins");
        }
        for batch in of_epoch.chunks(250) {
            append(store, batch).await.expect("the facts are appended");
        }
    }
}

pub(crate) async fn append(store: &Store, envelopes: &[Envelope]) -> Result<(), otklik_store::StoreError> {
    store.append(&Batch { envelopes: envelopes.to_vec(), ..Batch::default() }).await
}

pub(crate) fn write_files(folder: &Path, files: &[(String, Vec<u8>)]) {
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        std::fs::write(path, bytes).expect("the file can be written");
    }
}
