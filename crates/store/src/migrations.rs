//! The steps by which the tables came to be, in order. A step that was released is never edited: add one.

use sea_orm_migration::{MigrationTrait, MigratorTrait};

mod m0001_first;

pub(crate) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m0001_first::Step)]
    }
}
