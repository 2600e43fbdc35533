//! Callers' browsers: a page offers its sound, rings when it works, and may come back after a break.

use std::time::Duration;

use otklik_model::{HangupSide, LegEvent, LegId, LineNumber, Personal, PhoneNumber, SoundRefusal};
use tokio::time::Instant;

use crate::desk::refusal;
use crate::legs::{Leg, Page, PageSound};
use crate::switch::Switch;

/// How long a call waits for the sound of a page that broke off: a page that is loaded again needs two seconds or three.
const COMES_BACK: Duration = Duration::from_secs(6);

impl Switch {
    /// Answers a page's offer. Nobody rings yet.
    pub(crate) async fn open_page(
        &mut self,
        leg: LegId,
        called: LineNumber,
        from: Option<Personal<PhoneNumber>>,
        sdp: &str,
    ) {
        let sdp = self.media.open_web(leg, sdp).map_err(|error| refusal(&error));
        let refused = sdp.is_err();
        if !refused {
            self.legs.insert(leg, Leg::Page(Page { called, caller: from, sound: PageSound::Never }));
        }
        self.report(LegEvent::SoundAnswer { leg, sdp }).await;
        if refused {
            self.report(LegEvent::Ended { leg, side: HangupSide::Trunk }).await;
        }
    }

    /// Answers the offer of a page that came back. The call goes on over the new connection.
    pub(crate) async fn renew_page(&mut self, leg: LegId, sdp: &str) {
        let sdp = match self.legs.page(leg) {
            None => Err(SoundRefusal::Over),
            Some(_) => self.media.renew_web(leg, sdp).map_err(|error| refusal(&error)),
        };
        if let Some(page) = self.legs.page(leg).filter(|page| sdp.is_ok() && page.sound != PageSound::Never) {
            // The old connection is gone with this answer; the new one has its time to come up.
            page.sound = PageSound::Lost { until: Instant::now() + COMES_BACK };
        }
        self.report(LegEvent::SoundAnswer { leg, sdp }).await;
    }

    pub(crate) async fn page_up(&mut self, leg: LegId) {
        let Some(page) = self.legs.page(leg) else { return };
        let before = std::mem::replace(&mut page.sound, PageSound::Up);
        if before == PageSound::Never {
            let offered = LegEvent::Offered { leg, called: page.called.clone(), caller: page.caller.clone() };
            self.report(offered).await;
        }
    }

    pub(crate) async fn page_down(&mut self, leg: LegId) {
        match self.legs.page(leg).map(|page| (page.sound, page)) {
            Some((PageSound::Up, page)) => page.sound = PageSound::Lost { until: Instant::now() + COMES_BACK },
            // Its time runs already.
            Some((PageSound::Lost { .. }, _)) | None => {}
            Some((PageSound::Never, _)) => self.end_page(leg, HangupSide::Trunk).await,
        }
    }

    /// The centre answers: a page's sound works already, so that the leg is up at once.
    pub(crate) async fn answer_page(&mut self, leg: LegId) {
        if self.legs.page(leg).is_some() {
            self.report(LegEvent::Up { leg }).await;
        }
    }

    /// Ends a page's leg and says who did it.
    pub(crate) async fn end_page(&mut self, leg: LegId, side: HangupSide) {
        if self.legs.page(leg).is_some() {
            self.legs.remove(leg);
            self.media.close(leg);
            self.report(LegEvent::Ended { leg, side }).await;
        }
    }
}
