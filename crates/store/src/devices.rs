//! On what a person takes calls: the browser, or a SIP phone. One row a person; without a row it is the browser.

use otklik_model::{AgentId, UtcMs};
use sea_orm::{QueryResult, Value};

use crate::error::StoreError;
use crate::open::Store;
use crate::people::audit;
use crate::sql;

/// A device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceKind {
    /// The browser in which the desk is open.
    Browser,
    /// A SIP phone at this address (`sip:…`).
    Sip(String),
}

/// The device of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Whose.
    pub person: AgentId,
    /// What it is.
    pub kind: DeviceKind,
    /// 0 where nobody has chosen one yet; rises with each change.
    pub version: u64,
}

impl Store {
    /// Devices that were chosen, by person; at most 1,000.
    ///
    /// # Errors
    /// What the database said.
    pub async fn devices(&self) -> Result<Vec<Device>, StoreError> {
        let sql = "SELECT person, kind, address, version FROM devices ORDER BY person LIMIT 1000";
        sql::all(self.read(), sql, vec![]).await?.iter().map(read).collect()
    }

    /// Sets a person's device on the version that was read, and gives the new version.
    ///
    /// # Errors
    /// [`StoreError::Stale`] with both versions, [`StoreError::NoSuchPerson`], or what the database said.
    pub async fn set_device(&self, device: &Device, who: &str, now: UtcMs) -> Result<u64, StoreError> {
        let txn = self.begin().await?;
        let person = || Value::from(device.person.as_str());
        if sql::one(&txn, "SELECT id FROM people WHERE id = $1", vec![person()]).await?.is_none() {
            return Err(StoreError::NoSuchPerson);
        }
        let row = sql::one(&txn, "SELECT version FROM devices WHERE person = $1", vec![person()]).await?;
        let stored = row.map_or(Ok(0), |row| sql::unsigned(&row, "version"))?;
        if stored != device.version {
            return Err(StoreError::Stale { expected: device.version, stored });
        }
        let (kind, address) = match &device.kind {
            DeviceKind::Browser => ("browser", None),
            DeviceKind::Sip(address) => ("sip", Some(address.as_str())),
        };
        let sql = "INSERT INTO devices (person, kind, address, version) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (person) DO UPDATE SET kind = excluded.kind, address = excluded.address, \
                   version = excluded.version";
        let values = vec![person(), Value::from(kind), Value::from(address), sql::big(stored + 1)];
        sql::execute(&txn, sql, values).await?;
        audit(&txn, now, who, "device_set", device.person.as_str()).await?;
        txn.commit().await?;
        Ok(stored + 1)
    }
}

fn read(row: &QueryResult) -> Result<Device, StoreError> {
    let (person, kind): (String, String) = (row.try_get("", "person")?, row.try_get("", "kind")?);
    let address: Option<String> = row.try_get("", "address")?;
    let kind = match (kind.as_str(), address) {
        ("browser", None) => DeviceKind::Browser,
        ("sip", Some(address)) => DeviceKind::Sip(address),
        _ => return Err(StoreError::corrupt("device")),
    };
    Ok(Device { person: AgentId(person), kind, version: sql::unsigned(row, "version")? })
}
