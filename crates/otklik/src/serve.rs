//! `serve`: the rooms are opened and wired to one another, and closed again in the same order.

use std::io::{self, IsTerminal, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use otklik_engine::{Clock, Engine, EngineConfig, EngineHandle, Ports};
use otklik_media::{MediaConfig, MediaHandle, MediaThreads};
use otklik_model::{LineMode, RecordingClosed, UtcMs};
use otklik_sip::{Limits, Sip, SipConfig, SipHandle};
use otklik_store::{Location, OpenMode, Store};
use otklik_switch::{Switch, SwitchPorts};
use otklik_web::{
    App, KeepingRules, LineInfo, PublicUrl, SetupStart, Start, kept_centre, put_kept_prompts, seed_lines,
};
use serde::Serialize;
use tokio::sync::mpsc;
use tracing_subscriber::EnvFilter;

use crate::centre_file::Centre;
use crate::cli::ServeFlags;
use crate::demo::{self, DemoPerson};
use crate::https;
use crate::keeping::Keeper;
use crate::options::Options;
use crate::place;
use crate::set_clock;
use crate::sounds::SoundBox;
use crate::topics;
use crate::words::Words;

/// Folder of recordings under the data folder.
pub(crate) const RECORDINGS: &str = "recordings";
/// Reports and orders that may wait between two rooms.
const CHANNEL: usize = 4_096;
/// A media thread that has not ticked for so long is dead.
const MEDIA_BEAT: Duration = Duration::from_secs(1);
/// How often sessions that are over are forgotten.
const FORGET_EVERY: Duration = Duration::from_mins(10);
/// How long callers' phones may take to confirm that we hang up, when the program stops.
const FAREWELL: Duration = Duration::from_secs(2);

/// Takes calls until it is told to stop.
pub(crate) async fn serve(flags: ServeFlags) -> anyhow::Result<()> {
    let options = Options::of(flags)?;
    let set_to = set_clock::of_environment(options.demo)?;
    let words = Words::of_environment();
    open_log();
    otklik_web::install_metrics();
    let tls = https::open(&options, &words)?;
    let location = Location::parse(&options.data, options.database.as_deref())?;
    place::make(&options.data)?;
    let _lock = place::lock(&options.data)?;
    let mut centre = place::open_centre(&options.data, options.centre.as_deref(), &words)?;
    if options.demo {
        centre.config.lines.iter_mut().for_each(|line| line.mode = LineMode::Open);
    }
    let store = Arc::new(Store::open(location, centre.zone.clone(), OpenMode::Lead).await?);
    let sounds = Arc::new(SoundBox::open()?);
    let setup = settle(&store, &mut centre, Arc::clone(&sounds)).await?;
    let config = EngineConfig { centre: centre.config.clone(), program: env!("CARGO_PKG_VERSION").to_owned() };
    let recordings = options.data.join(RECORDINGS);
    let mut engine = Engine::recover(Arc::clone(&store), config).await?;
    if let Some(at) = set_to {
        tracing::warn!(at = at.rfc3339(), "the clock of the centre is set");
        engine.set_clock(at);
    }
    let repaired = repair(&engine, &recordings);

    let (events, engine_events) = mpsc::channel(CHANNEL);
    let (engine_effects, effects) = mpsc::channel(CHANNEL);
    let ports = Ports { events: engine_events, effects: engine_effects };
    let (engine, mut engine_task) = engine.run(repaired, ports).await?;
    topics::seed(&store, engine.clock().now().civil).await?;
    let people =
        if options.demo { demo::people(&store, &options.data, engine.clock().now().civil).await? } else { Vec::new() };

    let (media_out, media) = mpsc::channel(CHANNEL);
    let media_config =
        MediaConfig { ports: options.media_ports.clone(), ..MediaConfig::new(options.media_ip, recordings.clone()) };
    let (media_handle, media_threads) =
        otklik_media::start(media_config, media_out).context("sound cannot be started")?;
    let listener = tokio::net::TcpListener::bind(options.http)
        .await
        .with_context(|| format!("pages cannot be served on {}: give another --http", options.http))?;
    let http = listener.local_addr()?;
    let (sip_out, sip) = mpsc::channel(CHANNEL);
    let (sip_handle, sip_addr) = Sip::start(sip_config(&options), sip_out)
        .await
        .with_context(|| format!("SIP cannot be listened for on {}: give another --sip", options.sip))?;
    let switch_ports = SwitchPorts { sip, media, effects, events };
    let switch = tokio::spawn(Switch::run(sip_handle.clone(), media_handle.clone(), sounds.playing(), switch_ports));

    let start = start_page(&options, &centre, setup, http, sip_addr, recordings);
    let alive = alive(&media_handle, &switch);
    tokio::spawn(forget_expired_sessions(Arc::clone(&store), engine.clone()));
    let app = App::new(engine.clone(), Arc::clone(&store), start.clone(), alive);
    Keeper::of(&app, &engine, &store, &start).start().await;
    https::serve(listener, otklik_web::router(app), tls);
    welcome(&words, &centre, &Addresses::of(&options, http, sip_addr), &people)?;

    let outcome = tokio::select! {
        ended = &mut engine_task => ended.context("the engine panicked")?.context("the engine stopped"),
        () = told_to_stop() => Ok(()),
    };
    close(&engine, &sip_handle, media_threads).await;
    // Leaves the journal in one file, for whoever copies it.
    store.close().await.context("the journal was not closed")?;
    outcome
}

/// Writes to standard error, what `RUST_LOG` asks for; never the raw messages of the SIP stack.
fn open_log() {
    let wanted = std::env::var("RUST_LOG").unwrap_or_else(|_| "info".to_owned());
    let capped = format!("{wanted},{}", otklik_sip::LOG_CAP);
    let filter = EnvFilter::try_new(capped).unwrap_or_else(|_| EnvFilter::new(format!("info,{}", otklik_sip::LOG_CAP)));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .init();
}

/// Keeps the file's lines where they are not kept yet, and lets what is kept hold: lines, days, prompts.
async fn settle(store: &Store, centre: &mut Centre, sounds: Arc<SoundBox>) -> anyhow::Result<SetupStart> {
    let now = Clock::start(UtcMs(0)).now().civil;
    seed_lines(store, &centre.lines, now).await?;
    let setup = SetupStart { base: centre.config.clone(), calendar: centre.calendar.clone(), prompts: sounds };
    centre.config = kept_centre(store, &setup, &centre.zone).await.context("the centre cannot be set up")?;
    put_kept_prompts(store, setup.prompts.as_ref()).await.context("the prompts cannot be set up")?;
    Ok(setup)
}

/// Forgets sessions and links that are over, now and then.
async fn forget_expired_sessions(store: Arc<Store>, engine: EngineHandle) {
    let mut turns = tokio::time::interval(FORGET_EVERY);
    turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        turns.tick().await;
        match store.delete_expired_sessions(engine.clock().now().civil).await {
            Ok(0) => {}
            Ok(dropped) => tracing::debug!(dropped, "expired sessions are forgotten"),
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "expired sessions were not forgotten");
            }
        }
    }
}

/// Makes whole what a crash cut short; what it kept from beginning becomes an empty recording. A file that cannot be repaired is left as it is, and `verify` will say so.
fn repair(engine: &Engine, recordings: &Path) -> Vec<RecordingClosed> {
    let open = engine.ledger().open_recordings();
    let whole = |file: &str| match otklik_media::recover_wav(&recordings.join(file)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => otklik_media::empty_wav(recordings, file),
        result => result,
    };
    let repaired = open.filter_map(|(call, file)| match whole(file) {
        Ok(wav) => Some(RecordingClosed {
            call,
            file: file.to_owned(),
            size_bytes: wav.size_bytes,
            duration_ms: wav.duration_ms,
            sha256: wav.sha256,
            dropped_frames: 0,
        }),
        Err(error) => {
            tracing::error!(%call, %error, "a recording that was cut short cannot be repaired");
            None
        }
    });
    repaired.collect()
}

fn sip_config(options: &Options) -> SipConfig {
    SipConfig {
        bind: options.sip,
        trusted: options.trusted.clone(),
        user_agent: format!("otklik/{}", env!("CARGO_PKG_VERSION")),
        limits: Limits::default(),
    }
}

fn start_page(
    options: &Options,
    centre: &Centre,
    setup: SetupStart,
    http: SocketAddr,
    sip: SocketAddr,
    recordings: std::path::PathBuf,
) -> Start {
    Start {
        demo: options.demo,
        sip,
        http,
        lines_at_start: centre.config.lines.iter().map(LineInfo::of).collect(),
        setup,
        zone: centre.zone.clone(),
        recordings,
        keeping: KeepingRules { floor_bytes: options.recording_floor_bytes },
        site: options.site.clone(),
        metrics_token: options.metrics_token.clone(),
        browser_calls: options.browser_calls,
    }
}

/// SIP and sound live while the switch runs and the media thread ticks.
fn alive(media: &MediaHandle, switch: &tokio::task::JoinHandle<()>) -> impl Fn() -> bool + Send + Sync + 'static {
    let (media, switch) = (media.clone(), switch.abort_handle());
    move || !switch.is_finished() && media.beat() < MEDIA_BEAT
}

/// The line for a program that waits until it can call.
#[derive(Serialize)]
struct FirstLine<'a> {
    ready: bool,
    http: SocketAddr,
    sip: SocketAddr,
    people: &'a [DemoPerson],
}

/// Where everything is.
struct Addresses {
    http: SocketAddr,
    sip: SocketAddr,
    /// What people open.
    pages: String,
}

impl Addresses {
    fn of(options: &Options, http: SocketAddr, sip: SocketAddr) -> Self {
        let scheme = if options.tls.is_some() { "https" } else { "http" };
        let pages = options.site.public.as_ref().map_or_else(|| format!("{scheme}://{http}"), PublicUrl::origin);
        Self { http, sip, pages: format!("{pages}/") }
    }
}

/// Says where everything is; for a program that waits for it, as one line of JSON.
fn welcome(words: &Words, centre: &Centre, at: &Addresses, people: &[DemoPerson]) -> io::Result<()> {
    let (http, sip) = (at.http, at.sip);
    let mut out = io::stdout().lock();
    if std::env::var_os("OTKLIK_READY_JSON").is_some() {
        let line = FirstLine { ready: true, http, sip, people };
        writeln!(out, "{}", serde_json::to_string(&line)?)?;
        return out.flush();
    }
    let number = centre.config.lines.first().map(|line| line.number.to_string()).unwrap_or_default();
    writeln!(out, "\n{}\n", words.say("welcome-title", []))?;
    writeln!(out, "{}", words.say("welcome-open", [("url", at.pages.clone())]))?;
    writeln!(out, "{}", words.say("welcome-number", [("number", number), ("sip", sip.to_string())]))?;
    if !people.is_empty() {
        writeln!(out, "\n{}", words.say("welcome-people", []))?;
    }
    for person in people {
        let values =
            [("name", person.name.to_owned()), ("id", person.id.to_owned()), ("password", person.password.clone())];
        writeln!(out, "{}", words.say("welcome-person", values))?;
    }
    writeln!(out, "\n{}", words.say("welcome-stop", []))?;
    out.flush()
}

/// Waits for Ctrl+C or SIGTERM.
async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        interrupted = tokio::signal::ctrl_c() => drop(interrupted),
    }
}

/// Ends every call with a promise, then the wire, then the sound.
async fn close(engine: &EngineHandle, sip: &SipHandle, media: MediaThreads) {
    engine.stop().await;
    let mut tick = tokio::time::interval(Duration::from_millis(20));
    let hung_up = async {
        while sip.live_dialogs() > 0 {
            tick.tick().await;
        }
    };
    if tokio::time::timeout(FAREWELL, hung_up).await.is_err() {
        tracing::warn!(left = sip.live_dialogs(), "some phones did not confirm that we hung up");
    }
    // Refused only where SIP has stopped already.
    sip.shutdown().ok();
    drop(tokio::task::spawn_blocking(move || media.join()).await);
}
