//! HTTPS in the wiring: the certificate is opened, watched, and the pages are served with it.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use otklik_web::{Limits, Tls};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::options::Options;
use crate::words::Words;

/// How often it is looked whether the certificate was renewed.
const LOOK_EVERY: Duration = Duration::from_mins(1);

/// Opens the certificate, if there is one; warns where browsers will give no microphone.
pub(crate) fn open(options: &Options, words: &Words) -> anyhow::Result<Option<Arc<Tls>>> {
    if let Some((cert, key)) = &options.tls {
        let tls = Tls::open(cert.clone(), key.clone()).context("HTTPS cannot be served")?;
        return Ok(Some(Arc::new(tls)));
    }
    let has_proxy = options.site.public.as_ref().is_some_and(otklik_web::PublicUrl::is_https);
    if !options.http.ip().is_loopback() && !has_proxy {
        tracing::warn!("{}", words.say("warn-no-tls", [("http", options.http.to_string())]));
    }
    Ok(None)
}

/// Serves the pages from now on.
pub(crate) fn serve(listener: TcpListener, pages: Router, tls: Option<Arc<Tls>>) {
    tokio::spawn(watch(tls.clone()));
    tokio::spawn(otklik_web::serve(listener, pages, tls, Limits::default()));
}

/// Takes a renewed certificate over: once a minute, and at once on SIGHUP (which ends nothing, with or without TLS).
async fn watch(tls: Option<Arc<Tls>>) {
    let Ok(mut told) = signal(SignalKind::hangup()) else { return };
    let mut tick = tokio::time::interval(LOOK_EVERY);
    loop {
        tokio::select! {
            _ = told.recv() => {}
            _ = tick.tick() => {}
        }
        let Some(tls) = tls.clone() else { continue };
        match tokio::task::spawn_blocking(move || tls.renew()).await {
            Ok(Ok(true)) => tracing::info!("a renewed certificate is in use"),
            Ok(Err(error)) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "a changed certificate cannot be used; the former one stays in use"
                );
            }
            Ok(Ok(false)) | Err(_) => {}
        }
    }
}
