//! Tables for the guard.
