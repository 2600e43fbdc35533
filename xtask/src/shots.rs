//! Pictures of every screen: the browser tests take them into `shots/`, and one sheet shows them side by side.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::node::{E2E, install_e2e};
use crate::step::{Step, run_all};
use crate::workspace::Workspace;

const FOLDER: &str = "shots";
const SHEET: &str = "sheet";
/// The sheet in CSS pixels: columns times the width of one picture, and the height of one row.
const COLUMNS: usize = 4;
const CELL_WIDTH: usize = 480;
const CELL_HEIGHT: usize = 360;

/// Takes the pictures and draws the sheet.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    if !workspace.has(E2E) {
        bail!("{E2E} is not there yet: it takes the pictures");
    }
    std::fs::create_dir_all(workspace.root.join(FOLDER)).context("shots/ cannot be made")?;
    let steps = [
        Step::cargo("build of the binary", &["build", "--locked", "--bin", "otklik"]),
        Step::own("packages of the browser tests", install_e2e),
        Step::program("pictures", E2E, &["npm", "run", "shots"]),
        Step::own("sheet", draw_sheet),
    ];
    run_all(workspace, &steps)
}

fn draw_sheet(workspace: &Workspace) -> Result<()> {
    let folder = workspace.root.join(FOLDER);
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .context("shots/ is not readable")?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| Path::new(name).extension().is_some_and(|end| end == "png") && name != "sheet.png")
        .collect();
    names.sort_unstable();
    if names.is_empty() {
        bail!("no picture was taken: `npm run shots` in {E2E} writes them to {FOLDER}/");
    }
    let page = folder.join(SHEET).with_extension("html");
    std::fs::write(&page, sheet(&names)).context("the sheet cannot be written")?;
    let height = 32 + names.len().div_ceil(COLUMNS) * CELL_HEIGHT;
    let status = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--hide-scrollbars"])
        .arg(format!("--window-size={},{height}", COLUMNS * CELL_WIDTH))
        .arg(format!("--screenshot={}", page.with_extension("png").display()))
        .arg(format!("file://{}", page.display()))
        .status()
        .context("chromium does not start: is it installed?")?;
    if !status.success() {
        bail!("chromium could not draw the sheet ({status})");
    }
    println!("{} pictures; all of them on {FOLDER}/{SHEET}.png", names.len());
    Ok(())
}

/// A page with every picture in it, each under its name.
fn sheet(names: &[String]) -> String {
    let mut page = format!(
        "<!doctype html><meta charset=utf-8><title>Screens</title><style>\
         body{{margin:16px;display:grid;grid-template-columns:repeat({COLUMNS},1fr);gap:0 16px;font:14px sans-serif}}\
         figure{{margin:0;height:{CELL_HEIGHT}px;overflow:hidden}}\
         img{{width:100%;height:{}px;object-fit:contain;object-position:top left}}</style>\n",
        CELL_HEIGHT - 40
    );
    for name in names {
        // Cannot fail: it writes to memory.
        let _ = writeln!(page, "<figure><figcaption>{name}</figcaption><img src=\"{name}\" alt=\"\"></figure>");
    }
    page
}

#[cfg(test)]
mod tests {
    use super::sheet;

    #[test]
    fn every_picture_is_on_the_sheet() {
        let page = sheet(&["calls.png".to_owned(), "desk-talk.png".to_owned()]);
        for name in ["calls.png", "desk-talk.png"] {
            assert!(page.contains(&format!("<img src=\"{name}\"")), "{name}");
        }
    }
}
