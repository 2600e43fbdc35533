//! On what people take calls: the browser, or a SIP phone.

use axum::extract::State;
use otklik_model::AgentId;
use otklik_store::{self as store, DeviceKind, Role, StoreError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::extract::{Json, Path};
use crate::problem::Problem;
use crate::rights::{May, SetUp};
use crate::setup;
use crate::state::App;

/// Kinds of devices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DeviceKind)]
pub(crate) enum Kind {
    Browser,
    Sip,
}

/// Somebody's device.
#[derive(Serialize, ToSchema)]
pub(crate) struct SetupDevice {
    /// Whose: a sign-in name.
    person: String,
    name: String,
    kind: Kind,
    /// Address of the phone, `sip:101@192.0.2.10:5060`; nothing for the browser.
    address: Option<String>,
    /// 0 where nobody has chosen yet.
    version: u64,
}

/// The devices of all who take calls.
#[derive(Serialize, ToSchema)]
pub(crate) struct SetupDevices {
    devices: Vec<SetupDevice>,
}

/// A device to be set, on the version that was read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangedDevice {
    version: u64,
    kind: Kind,
    #[schema(max_length = 200)]
    address: Option<String>,
}

/// The devices of all who take calls, by sign-in name.
#[utoipa::path(get, operation_id = "listDevices", path = "/api/setup/devices", responses((status = 200, body = SetupDevices), (status = 401, body = Problem)))]
pub(crate) async fn list(State(app): State<App>, _: May<SetUp>) -> Result<Json<SetupDevices>, Problem> {
    let chosen = app.0.store.devices().await?;
    let people = app.0.store.people().await?.into_iter();
    let devices = people.filter(takes_calls).map(|person| {
        let device = chosen.iter().find(|device| device.person == person.id);
        shown(person, device)
    });
    Ok(Json(SetupDevices { devices: devices.collect() }))
}

/// Sets somebody's device.
#[utoipa::path(put, operation_id = "setDevice", path = "/api/setup/devices/{person}", request_body = ChangedDevice, params(("person" = String, Path)),
    responses((status = 200, body = SetupDevice), (status = 400, body = Problem), (status = 404, body = Problem),
              (status = 409, body = Problem)))]
pub(crate) async fn set(
    State(app): State<App>,
    may: May<SetUp>,
    Path(person): Path<String>,
    Json(changed): Json<ChangedDevice>,
) -> Result<Json<SetupDevice>, Problem> {
    let missing = || Problem::not_found("no_such_colleague");
    let person = app.0.store.person(&AgentId::new(person)).await?.filter(takes_calls).ok_or_else(missing)?;
    let kind = match (changed.kind, changed.address) {
        (Kind::Browser, _) => DeviceKind::Browser,
        (Kind::Sip, Some(address)) if is_sip_address(address.trim()) => DeviceKind::Sip(address.trim().to_owned()),
        (Kind::Sip, _) => return Err(Problem::bad_request("bad_sip_address")),
    };
    let device = store::Device { person: person.id.clone(), kind, version: changed.version };
    match app.0.store.set_device(&device, may.person.id.as_str(), app.now()).await {
        Ok(version) => Ok(Json(shown(person, Some(&store::Device { version, ..device })))),
        Err(StoreError::Stale { .. }) => {
            let chosen = app.0.store.devices().await?;
            let device = chosen.iter().find(|device| device.person == person.id);
            Err(setup::stale(&shown(person, device)))
        }
        Err(error) => Err(setup::refused(error)),
    }
}

fn takes_calls(person: &store::Person) -> bool {
    matches!(person.role, Role::Specialist | Role::ShiftLead)
}

fn shown(person: store::Person, device: Option<&store::Device>) -> SetupDevice {
    let (kind, address) = match device.map(|device| &device.kind) {
        None | Some(DeviceKind::Browser) => (Kind::Browser, None),
        Some(DeviceKind::Sip(address)) => (Kind::Sip, Some(address.clone())),
    };
    let version = device.map_or(0, |device| device.version);
    SetupDevice { person: person.id.0, name: person.name.into_inner(), kind, address, version }
}

/// `sip:user@host` or `sip:user@host:port` (RFC 3261 section 19.1, without parameters and headers, which a phone of this
/// house does not need).
fn is_sip_address(text: &str) -> bool {
    let Some((user, place)) = text.strip_prefix("sip:").and_then(|rest| rest.split_once('@')) else { return false };
    let (host, port) = match place.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((host, "")) => (host, None),
            Some((host, rest)) => (host, rest.strip_prefix(':')),
            None => return false,
        },
        None => place.split_once(':').map_or((place, None), |(host, port)| (host, Some(port))),
    };
    let in_user = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.!~*'()+".contains(&byte);
    let host_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"-.".contains(&byte);
    let is_name =
        !host.is_empty() && host.bytes().all(host_byte) && !host.starts_with(['-', '.']) && !host.ends_with(['-', '.']);
    let is_host = host.parse::<std::net::IpAddr>().is_ok() || is_name;
    let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    text.len() <= 200 && !user.is_empty() && user.bytes().all(in_user) && is_host && is_port
}

#[cfg(test)]
mod tests {
    use super::is_sip_address;

    #[test]
    fn an_address_is_taken_or_refused() {
        for good in
            ["sip:101@192.0.2.10", "sip:101@192.0.2.10:5062", "sip:vera.t@phone-7.example", "sip:1@[2001:db8::1]:5060"]
        {
            assert!(is_sip_address(good), "{good}");
        }
        for bad in [
            "",
            "101",
            "sip:101",
            "sip:@192.0.2.10",
            "sip:101@",
            "sip:101@host:0",
            "sip:101@host:70000",
            "sip:1 1@host",
            "sips:101@host",
            "sip:101@host;transport=tcp",
            "sip:101@host\r\nX: y",
            "sip:101@<script>",
            "sip:101@-host",
        ] {
            assert!(!is_sip_address(bad), "{bad}");
        }
    }
}
