//! What the engine publishes after each change.

use std::collections::BTreeMap;

use otklik_centre::View;
use otklik_model::{CallId, Personal, PhoneNumber};

/// The live centre for readers: its view, with the numbers of those who are on the line now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Live {
    /// Rises with each change.
    pub rev: u64,
    /// The state of the centre. It may run ahead of the disk by one commit.
    pub view: View,
    /// The numbers of live calls; a call whose number is withheld is not in it.
    pub numbers: BTreeMap<CallId, Personal<PhoneNumber>>,
    /// Facts on disk: rises with each commit, so that whoever reads tables knows when to read anew.
    pub stored_seq: u64,
    /// True while the journal takes what we give it.
    pub storing: bool,
}
