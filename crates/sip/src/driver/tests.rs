//! Unit tests of the driver: what cannot be provoked from the wire.
