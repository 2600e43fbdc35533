//! Carrying out what the mailbox brings.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use otklik_model::{CallId, LegId, PlayId};

use super::{Life, Shard, inflow};
use crate::clip::Clip;
use crate::clock;
use crate::event::MediaEvent;
use crate::leg::rtp::{RemoteRtp, RtpPort};
use crate::leg::web::WebPort;
use crate::leg::{Leg, LegIndex, Port};
use crate::mailbox::Command;
use crate::os;
use crate::player::Player;
use crate::timeline::Timeline;

impl Shard {
    /// Carries out everything that waits. A panic costs the command, not the thread.
    pub(super) fn carry_out_commands(&mut self) -> Life {
        for command in self.shared.mailbox.take() {
            let outcome = catch_unwind(AssertUnwindSafe(|| self.carry_out(command, clock::now())));
            match outcome {
                Ok(Life::GoesOn) => {}
                Ok(Life::Ends) => return Life::Ends,
                Err(_) => {
                    metrics::counter!("media_panics_total").increment(1);
                    tracing::error!("a panic in a media command was contained; the command is lost");
                }
            }
        }
        Life::GoesOn
    }

    fn carry_out(&mut self, command: Command, now: Instant) -> Life {
        match command {
            Command::OpenRtp { leg, sockets } => {
                let opened = os::random().map(|chance| Port::Rtp(Box::new(RtpPort::new(sockets, now, chance))));
                self.open(leg, opened, now);
            }
            Command::OpenWeb { leg, rtc, ufrag } => {
                self.open(leg, Ok(Port::Web(WebPort::new(rtc, ufrag, now))), now);
            }
            Command::RenewWeb { leg, rtc, ufrag } => self.renew_web(leg, WebPort::new(rtc, ufrag, now), now),
            Command::SetRemote { leg, remote } => self.set_remote(leg, remote, now),
            Command::Play { leg, play, clips, repeat_from } => self.play(leg, play, clips, repeat_from, now),
            Command::Join { a, b } => self.join(a, b),
            Command::Record { caller, call, file } => self.record(caller, call, file, now),
            Command::StopRecord { leg } => self.stop_record(leg, now),
            Command::DropRecording { file } => self.recorder.drop_file(file),
            Command::Close { leg } => {
                if let Some(index) = self.find(leg) {
                    self.remove(index, now);
                }
            }
            Command::Stop => return Life::Ends,
            #[cfg(test)]
            Command::Panic { leg } => {
                if let Some(index) = self.find(leg) {
                    self.guarded(index, |_| panic!("a test asked for it"));
                }
            }
        }
        Life::GoesOn
    }

    fn open(&mut self, id: LegId, port: io::Result<Port>, now: Instant) {
        if let Err(error) = self.try_open(id, port, now) {
            tracing::error!(leg = %id, %error, "a leg cannot be opened");
            self.shared.legs.fetch_sub(1, Ordering::Relaxed);
            // A second opening under a name in use must not end the first.
            if !self.index.contains_key(&id) {
                self.events.send(MediaEvent::Down { leg: id });
            }
        }
    }

    fn try_open(&mut self, id: LegId, port: io::Result<Port>, now: Instant) -> io::Result<()> {
        let port = port?;
        if self.index.contains_key(&id) {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "the leg is open already"));
        }
        let timeline = Timeline::new(now, os::random()?);
        let index = self.legs.iter().position(Option::is_none).unwrap_or(self.legs.len());
        match &port {
            Port::Rtp(port) => {
                self.sockets.add(&port.sockets().rtp, inflow::rtp_token(index))?;
                self.sockets.add(&port.sockets().control, inflow::rtcp_token(index))?;
            }
            Port::Web(port) => self.web_mux.add(port.ufrag(), index),
        }
        let early = match &port {
            Port::Rtp(_) => Vec::new(),
            Port::Web(_) => self.web_mux.take_early(now),
        };
        let leg = Leg::new(id, port, timeline);
        match self.legs.get_mut(index) {
            Some(place) => *place = Some(leg),
            None => self.legs.push(Some(leg)),
        }
        self.index.insert(id, index);
        for (source, datagram) in early {
            self.web_datagram(now, source, &datagram);
        }
        Ok(())
    }

    /// Puts a new connection in the place of a browser's old one; the leg stays what it is to everybody else.
    fn renew_web(&mut self, id: LegId, new: WebPort, now: Instant) {
        let Some(index) = self.find(id) else { return };
        let ufrag = new.ufrag().to_owned();
        let Some(leg) = self.legs.get_mut(index).and_then(Option::as_mut) else { return };
        let Port::Web(port) = &mut leg.port else {
            tracing::error!(leg = %id, "a telephone's leg has no browser's connection");
            return;
        };
        let mut old = std::mem::replace(port, new);
        leg.timeline.interrupt();
        self.web_mux.remove(index);
        self.web_mux.add(&ufrag, index);
        old.leave(now, &self.web_socket);
        for (source, datagram) in self.web_mux.take_early(now) {
            self.web_datagram(now, source, &datagram);
        }
    }

    fn set_remote(&mut self, id: LegId, remote: RemoteRtp, now: Instant) {
        match self.find(id).and_then(|index| self.leg_mut(index)).map(|leg| &mut leg.port) {
            Some(Port::Rtp(port)) => port.set_remote(now, remote),
            Some(Port::Web(_)) => tracing::error!(leg = %id, "a browser's leg has no remote RTP address"),
            None => {}
        }
    }

    fn play(&mut self, id: LegId, play: PlayId, clips: Vec<Arc<Clip>>, repeat_from: Option<usize>, now: Instant) {
        let Some(index) = self.find(id) else {
            return;
        };
        self.part(index);
        if let Some(leg) = self.leg_mut(index) {
            leg.play(Player::new(play, clips, repeat_from, now));
        }
    }

    fn join(&mut self, a: LegId, b: LegId) {
        let (Some(a), Some(b)) = (self.find(a), self.find(b)) else {
            return;
        };
        if a == b {
            return;
        }
        for (one, other) in [(a, b), (b, a)] {
            self.part_unless_with(one, other);
            if let Some(leg) = self.leg_mut(one) {
                leg.stop_playing();
                leg.peer = Some(other);
            }
        }
    }

    fn record(&mut self, caller: LegId, call: CallId, file: String, now: Instant) {
        let Some(leg) = self.find(caller).and_then(|index| self.legs.get_mut(index)).and_then(Option::as_mut) else {
            return;
        };
        if let Some(before) = leg.recorded.take() {
            self.recorder.close(&before, now);
        }
        leg.recorded = Some(self.recorder.open(call, file, now));
    }

    fn stop_record(&mut self, leg: LegId, now: Instant) {
        let leg = self.find(leg).and_then(|index| self.legs.get_mut(index)).and_then(Option::as_mut);
        if let Some(recorded) = leg.and_then(|leg| leg.recorded.take()) {
            self.recorder.close(&recorded, now);
        }
    }

    fn part_unless_with(&mut self, index: LegIndex, other: LegIndex) {
        if self.leg_mut(index).is_some_and(|leg| leg.peer != Some(other)) {
            self.part(index);
        }
    }

    /// Parts a leg from the one that it is joined to; both timelines go on.
    fn part(&mut self, index: LegIndex) {
        let peer = self.leg_mut(index).and_then(|leg| leg.peer.take());
        if let Some(peer) = peer.and_then(|peer| self.leg_mut(peer)) {
            peer.peer = None;
            peer.timeline.interrupt();
        }
    }

    fn find(&self, id: LegId) -> Option<LegIndex> {
        self.index.get(&id).copied()
    }
}
