//! placeholder
pub mod figures;
pub mod ledger;
