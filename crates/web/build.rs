//! Builds nothing: tells cargo that the pages' files are part of this crate.

fn main() {
    let pages = std::path::Path::new("../../web/desk/dist");
    // Until the pages are built their parent is watched: a path that is missing would rebuild the crate each time.
    let watched = if pages.is_dir() { "../../web/desk/dist" } else { "../../web" };
    println!("cargo:rerun-if-changed={watched}");
}
