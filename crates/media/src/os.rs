//! What the standard library does not offer of Linux: epoll, eventfd, timerfd, random bytes, the voice mark on
//! packets. The one file with `unsafe`; every use wraps one system call whose arguments live longer than the call.
#![expect(unsafe_code, reason = "system calls without a safe wrapper in the standard library; each use says why")]

use std::fs::File;
use std::io::{self, Read, Write};
use std::net::UdpSocket;
use std::os::fd::{AsFd, AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::time::Duration;

/// Readiness of many descriptors, level-triggered.
pub(crate) struct Epoll {
    fd: OwnedFd,
    events: Vec<libc::epoll_event>,
}

impl Epoll {
    /// An empty set that reports at most `at_once` descriptors a call.
    pub(crate) fn new(at_once: usize) -> io::Result<Self> {
        // SAFETY: no pointer is passed; the result is checked before it becomes an owned descriptor.
        let fd = unsafe { libc::epoll_create1(libc::EPOLL_CLOEXEC) };
        Ok(Self { fd: owned(fd)?, events: vec![libc::epoll_event { events: 0, u64: 0 }; at_once.max(1)] })
    }

    /// Watches a descriptor for reading until it is closed.
    pub(crate) fn add(&self, watched: &impl AsFd, token: u64) -> io::Result<()> {
        let mut event = libc::epoll_event { events: libc::EPOLLIN.cast_unsigned(), u64: token };
        let watched = watched.as_fd().as_raw_fd();
        // SAFETY: both descriptors are open (borrowed), and the kernel copies `event` before it returns.
        check(unsafe { libc::epoll_ctl(self.fd.as_raw_fd(), libc::EPOLL_CTL_ADD, watched, &raw mut event) })
    }

    /// Writes the tokens of the readable descriptors over what `ready` held. Waits without a limit where
    /// `timeout_ms` is -1, and not at all where it is 0.
    pub(crate) fn wait(&mut self, timeout_ms: i32, ready: &mut Vec<u64>) -> io::Result<()> {
        ready.clear();
        let room = i32::try_from(self.events.len()).unwrap_or(i32::MAX);
        // SAFETY: `events` is an initialised buffer of at least `room` entries and outlives the call.
        let count = unsafe { libc::epoll_wait(self.fd.as_raw_fd(), self.events.as_mut_ptr(), room, timeout_ms) };
        match check(count.min(0)) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(()),
            Err(error) => Err(error),
            Ok(()) => {
                let count = usize::try_from(count).unwrap_or(0);
                ready.extend(self.events.iter().take(count).map(|event| event.u64));
                Ok(())
            }
        }
    }
}

/// A counter that wakes an epoll from another thread.
pub(crate) struct EventFd(File);

impl EventFd {
    pub(crate) fn new() -> io::Result<Self> {
        // SAFETY: no pointer is passed; the result is checked before it becomes an owned descriptor.
        let fd = unsafe { libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) };
        Ok(Self(File::from(owned(fd)?)))
    }

    /// Makes it readable. A full counter is readable already, so a refusal is no error.
    pub(crate) fn signal(&self) {
        let _ = (&self.0).write(&1_u64.to_ne_bytes());
    }

    /// Makes it not readable until the next signal.
    pub(crate) fn clear(&self) {
        let _ = (&self.0).read(&mut [0; 8]);
    }
}

impl AsFd for EventFd {
    fn as_fd(&self) -> std::os::fd::BorrowedFd<'_> {
        self.0.as_fd()
    }
}

/// A periodic timer on the monotonic clock with absolute deadlines: lateness does not add up.
pub(crate) struct Ticker(File);

impl Ticker {
    pub(crate) fn new(period: Duration) -> io::Result<Self> {
        // SAFETY: no pointer is passed; the result is checked before it becomes an owned descriptor.
        let fd = unsafe { libc::timerfd_create(libc::CLOCK_MONOTONIC, libc::TFD_CLOEXEC | libc::TFD_NONBLOCK) };
        let fd = owned(fd)?;
        let nanos = libc::c_long::from(i32::try_from(period.subsec_nanos()).unwrap_or(1));
        let seconds = libc::time_t::try_from(period.as_secs()).unwrap_or(1);
        let every = libc::timespec { tv_sec: seconds, tv_nsec: nanos };
        let setting = libc::itimerspec { it_interval: every, it_value: every };
        // SAFETY: `setting` is initialised and outlives the call; the old setting is not asked for.
        check(unsafe { libc::timerfd_settime(fd.as_raw_fd(), 0, &raw const setting, std::ptr::null_mut()) })?;
        Ok(Self(File::from(fd)))
    }

    /// Periods that have passed since the last call; 0 where none has.
    pub(crate) fn passed(&self) -> u64 {
        let mut count = [0; 8];
        match (&self.0).read(&mut count) {
            Ok(8) => u64::from_ne_bytes(count),
            Ok(_) | Err(_) => 0,
        }
    }
}

impl AsFd for Ticker {
    fn as_fd(&self) -> std::os::fd::BorrowedFd<'_> {
        self.0.as_fd()
    }
}

/// Unpredictable bytes, for SSRC, first sequence number and CNAME (RFC 3550 section 8).
pub(crate) fn random<const N: usize>() -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    // SAFETY: `bytes` is a buffer of `N` bytes that outlives the call.
    let got = unsafe { libc::getrandom(bytes.as_mut_ptr().cast(), N, 0) };
    if usize::try_from(got) == Ok(N) { Ok(bytes) } else { Err(io::Error::last_os_error()) }
}

/// Marks a socket's packets as voice (DSCP EF, RFC 3246), for networks that look at it. Best effort.
pub(crate) fn mark_as_voice(socket: &UdpSocket) {
    let ef: libc::c_int = 0xb8;
    let size = libc::socklen_t::try_from(size_of::<libc::c_int>()).unwrap_or(4);
    for (level, option) in [(libc::IPPROTO_IP, libc::IP_TOS), (libc::IPPROTO_IPV6, libc::IPV6_TCLASS)] {
        // SAFETY: the descriptor is open (borrowed), and `ef` is a c_int of `size` bytes that outlives the call.
        // The option of the other address family is refused by the kernel, which is all right.
        unsafe { libc::setsockopt(socket.as_raw_fd(), level, option, (&raw const ef).cast(), size) };
    }
}

fn owned(fd: RawFd) -> io::Result<OwnedFd> {
    check(fd.min(0))?;
    // SAFETY: the kernel has just made this descriptor for us and nobody else knows it.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

fn check(result: libc::c_int) -> io::Result<()> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}
