//! The steps by which the tables came to be, in order. A step that was released is never edited: add one.

use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, MigratorTrait, SchemaManager};

mod m0001_first;
mod m0002_promises;
mod m0003_appeals;
mod m0004_people;
mod m0005_settings;
mod m0006_keeping;
mod m0007_centre;

/// One step: statements that are carried out together or not at all.
struct Step {
    name: &'static str,
    statements: &'static [&'static str],
}

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in self.statements {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

pub(crate) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_first::STEP),
            Box::new(m0002_promises::STEP),
            Box::new(m0003_appeals::STEP),
            Box::new(m0004_people::STEP),
            Box::new(m0005_settings::STEP),
            Box::new(m0006_keeping::STEP),
            Box::new(m0007_centre::STEP),
        ]
    }
}
