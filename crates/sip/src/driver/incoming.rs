//! Requests that open a transaction: INVITE, BYE, INFO, OPTIONS. Everything else was answered by the guard.

use super::leg::{AfterAck, Leg, OfferBy, Phase, Reoffer, Report};
use super::payload::{self, UnsupportedMedia};
use super::{Driver, How, Task, TaskEnd, count_rejected};
use crate::event::{DialogId, EndedBy, SipEvent};
use crate::guard::ALLOW;
use crate::identity::{Claims, caller, user_part};
use crate::local::address_towards;
use crate::wire::{Message, Name, One};
use rsipstack::dialog::DialogId as WireId;
use rsipstack::dialog::dialog::Dialog;
use rsipstack::sip::prelude::{HeadersExt, ToTypedHeader};
use rsipstack::sip::{Header, Method, StatusCode, Uri};
use rsipstack::transaction::transaction::Transaction;
use std::net::SocketAddr;

/// How an offered call looks before it has a leg.
struct Arrival {
    called: String,
    caller: Option<String>,
    offer: Option<String>,
    source: SocketAddr,
}

impl Driver {
    pub(super) fn on_transaction(&mut self, tx: Transaction) {
        let wire = WireId::try_from(&tx).ok();
        let is_inside = wire.as_ref().is_some_and(|wire| !wire.local_tag.is_empty());
        if is_inside {
            let found = wire.and_then(|wire| self.legs.find(&wire));
            match found {
                Some(id) => self.on_inside(id, tx),
                None => reply(tx, 481, Vec::new()),
            }
            return;
        }
        match tx.original.method {
            Method::Invite => self.on_invite(tx),
            Method::Options => reply(tx, 200, capabilities()),
            Method::Bye | Method::Info => reply(tx, 481, Vec::new()),
            Method::Ack | Method::Cancel => (),
            Method::Message
            | Method::Notify
            | Method::PRack
            | Method::Publish
            | Method::Refer
            | Method::Register
            | Method::Subscribe
            | Method::Update => reply(tx, 405, vec![Header::Allow(ALLOW.into())]),
        }
    }

    fn on_invite(&mut self, tx: Transaction) {
        metrics::counter!("sip_invites_total").increment(1);
        let limits = self.config.limits;
        let is_full = self.legs.len() >= limits.max_dialogs || self.outbox.len() >= limits.max_events;
        if is_full || self.closes_at.is_some() {
            count_rejected(503);
            return reply(tx, 503, vec![Header::RetryAfter(limits.retry_after_s.to_string().into())]);
        }
        let Ok(arrival) = arrival(&tx) else {
            count_rejected(415);
            return reply(tx, 415, vec![Header::Accept(payload::ACCEPT.into())]);
        };
        let contact = contact_for(address_towards(self.guard.address(), arrival.source));
        let made = self.stack.layer.get_or_create_server_invite(&tx, self.states_in.clone(), None, contact);
        let Ok(dialog) = made else {
            count_rejected(400);
            return reply(tx, 400, Vec::new());
        };
        let id = DialogId(self.next_id);
        self.next_id += 1;
        self.at = Some(id);
        let wire = dialog.id();
        let leg = Leg {
            wire: wire.clone(),
            invite: tx.key.clone(),
            dialog,
            phase: Phase::Offered,
            offer_by: if arrival.offer.is_some() { OfferBy::Them } else { OfferBy::Us },
            remote_seq: cseq(&tx),
            reoffer: Reoffer::None,
            report: Report::Live,
        };
        self.legs.insert(id, leg);
        let Arrival { called, caller, offer, source } = arrival;
        self.outbox.push_back(SipEvent::Invite { dialog: id, called, caller, offer, source });
        self.handle_in_task(wire, Task::Invite, tx);
    }

    fn on_inside(&mut self, id: DialogId, tx: Transaction) {
        self.at = Some(id);
        let Some(leg) = self.legs.get_mut(id) else { return };
        let seq = cseq(&tx);
        if seq < leg.remote_seq {
            return reply(tx, 500, Vec::new());
        }
        leg.remote_seq = seq;
        match tx.original.method {
            Method::Bye => self.on_bye(id, tx),
            Method::Invite => self.on_reinvite(id, tx),
            Method::Info => self.on_info(id, tx),
            Method::Options => reply(tx, 200, capabilities()),
            Method::Ack | Method::Cancel => (),
            Method::Message
            | Method::Notify
            | Method::PRack
            | Method::Publish
            | Method::Refer
            | Method::Register
            | Method::Subscribe
            | Method::Update => reply(tx, 405, vec![Header::Allow(ALLOW.into())]),
        }
    }

    fn on_bye(&mut self, id: DialogId, tx: Transaction) {
        let Some(leg) = self.legs.get_mut(id) else { return };
        let wire = leg.wire.clone();
        match leg.phase {
            Phase::Offered => {
                // A BYE in an early dialog also ends the INVITE (RFC 3261 §15.1.2).
                leg.dialog.reject(Some(StatusCode::RequestTerminated), None).ok();
                reply(tx, 200, Vec::new());
                self.end(id, EndedBy::Bye);
            }
            Phase::Cancelled => reply(tx, 200, Vec::new()),
            Phase::Answered(AfterAck::Talk | AfterAck::HangUp) | Phase::Talking | Phase::Closing => {
                self.handle_in_task(wire, Task::Request, tx);
            }
        }
    }

    fn on_reinvite(&mut self, id: DialogId, tx: Transaction) {
        let retry = vec![Header::RetryAfter("1".into())];
        let Some(leg) = self.legs.get_mut(id) else { return };
        if leg.report == Report::Ended {
            return reply(tx, 481, Vec::new());
        }
        match (leg.phase, &leg.reoffer) {
            (Phase::Talking, Reoffer::None) => (),
            // One offer at a time (RFC 3261 §14.2).
            (Phase::Talking | Phase::Offered | Phase::Cancelled | Phase::Answered(_) | Phase::Closing, _) => {
                return reply(tx, 500, retry);
            }
        }
        if payload::sdp(&tx.original.to_bytes()).is_err() {
            return reply(tx, 415, vec![Header::Accept(payload::ACCEPT.into())]);
        }
        // A re-INVITE moves the target of our next requests (RFC 3261 §12.2.2); the stack leaves that to us.
        let contact = tx.original.contact_header().ok().cloned();
        if let Some(typed) = contact.clone().and_then(|contact| contact.typed().ok()) {
            Dialog::Invite(leg.dialog.clone()).set_remote_target(typed.uri, contact);
        }
        let seq = cseq(&tx);
        leg.reoffer = Reoffer::Arriving(seq);
        let wire = leg.wire.clone();
        self.handle_in_task(wire, Task::Reinvite(seq), tx);
    }

    fn on_info(&mut self, id: DialogId, tx: Transaction) {
        match payload::digit(&tx.original.to_bytes()) {
            Ok(digit) => {
                reply(tx, 200, Vec::new());
                let is_reported = self.legs.get_mut(id).is_some_and(|leg| leg.report == Report::Live);
                if let (Some(digit), true) = (digit, is_reported) {
                    if self.outbox.len() < self.config.limits.max_events {
                        self.outbox.push_back(SipEvent::Digit { dialog: id, digit });
                    } else {
                        metrics::counter!("sip_digits_dropped_total").increment(1);
                    }
                }
            }
            Err(UnsupportedMedia) => reply(tx, 415, vec![Header::Accept(payload::ACCEPT_INFO.into())]),
        }
    }

    /// Lets the stack's dialog work on a transaction, in a task whose end is reported, also when it panics.
    fn handle_in_task(&mut self, wire: WireId, task: Task, mut tx: Transaction) {
        let Some(id) = self.legs.find(&wire) else { return };
        let Some(mut dialog) = self.legs.get_mut(id).map(|leg| leg.dialog.clone()) else { return };
        self.watch(wire, task, async move { dialog.handle(&mut tx).await });
    }

    pub(super) fn watch(
        &self,
        wire: WireId,
        task: Task,
        work: impl Future<Output = rsipstack::Result<()>> + Send + 'static,
    ) {
        let ends = self.tasks_in.clone();
        tokio::spawn(async move {
            let how = match tokio::spawn(work).await {
                Ok(Ok(())) => How::Done,
                Ok(Err(_)) => How::Failed,
                Err(_) => How::Panicked,
            };
            ends.send(TaskEnd { wire, task, how }).ok();
        });
    }
}

fn arrival(tx: &Transaction) -> Result<Arrival, UnsupportedMedia> {
    let bytes = tx.original.to_bytes();
    let offer = payload::sdp(&bytes)?;
    let message = Message::split(&bytes).map_err(|_| UnsupportedMedia)?;
    let asserted: Vec<&str> = message.all(Name::ASSERTED).flat_map(|value| value.split(',')).collect();
    let text_of = |name| match message.one(name) {
        One::Value(value) => Some(value),
        One::Missing | One::Repeated => None,
    };
    let claims =
        Claims { from: text_of(Name::FROM).unwrap_or(""), asserted: &asserted, privacy: text_of(Name::PRIVACY) };
    let uri = message.start.split(' ').nth(1).unwrap_or("");
    let source = tx.connection.as_ref().and_then(|connection| connection.get_remote_addr()?.get_socketaddr().ok());
    Ok(Arrival {
        called: user_part(uri).unwrap_or_default(),
        caller: caller(claims),
        offer,
        // Every datagram has a source; the stack only hides it behind an option.
        source: source.unwrap_or(SocketAddr::from(([0, 0, 0, 0], 0))),
    })
}

/// What an OPTIONS is told (RFC 3261 §11.2).
fn capabilities() -> Vec<Header> {
    vec![Header::Allow(ALLOW.into()), Header::Accept(payload::ACCEPT.into())]
}

fn contact_for(ours: SocketAddr) -> Option<Uri> {
    format!("sip:{ours}").as_str().try_into().ok()
}

fn cseq(tx: &Transaction) -> u32 {
    tx.original.cseq_header().ok().and_then(|cseq| cseq.seq().ok()).unwrap_or(0)
}

/// Answers a transaction that needs no dialog. Its retransmissions are absorbed by the stack.
fn reply(mut tx: Transaction, status: u16, headers: Vec<Header>) {
    tokio::spawn(async move {
        if tx.reply_with(StatusCode::from(status), headers, None).await.is_err() {
            super::count_failure("reply");
        }
    });
}
