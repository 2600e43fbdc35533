//! One named step of a gate, and what it costs: wall time, and the CPU time of everything that it started.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;

/// Ticks a second in `/proc`: `USER_HZ`, which Linux never changes (proc(5)).
const TICKS_PER_SECOND: u64 = 100;

/// A step: what a person calls it, and what is done.
pub(crate) struct Step {
    name: &'static str,
    work: Work,
}

enum Work {
    /// A program with its arguments, in a folder of the workspace, with additions to its environment.
    Program { words: Vec<&'static str>, folder: &'static str, settings: Vec<(&'static str, &'static str)> },
    /// A function of our own.
    Own(fn(&Workspace) -> Result<()>),
}

impl Step {
    /// Runs cargo in the root.
    pub(crate) fn cargo(name: &'static str, arguments: &[&'static str]) -> Self {
        Self::program(name, ".", &[&["cargo"], arguments].concat())
    }

    /// Runs a program in a folder of the workspace.
    pub(crate) fn program(name: &'static str, folder: &'static str, words: &[&'static str]) -> Self {
        Self { name, work: Work::Program { words: words.to_vec(), folder, settings: Vec::new() } }
    }

    /// Runs a function of our own.
    pub(crate) fn own(name: &'static str, work: fn(&Workspace) -> Result<()>) -> Self {
        Self { name, work: Work::Own(work) }
    }

    /// The same step with one more variable in its environment.
    pub(crate) fn with(mut self, name: &'static str, value: &'static str) -> Self {
        if let Work::Program { settings, .. } = &mut self.work {
            settings.push((name, value));
        }
        self
    }

    /// Does the work.
    pub(crate) fn run(&self, workspace: &Workspace) -> Result<()> {
        let (words, folder, settings) = match &self.work {
            Work::Own(work) => return work(workspace).with_context(|| format!("{} failed", self.name)),
            Work::Program { words, folder, settings } => (words, folder, settings),
        };
        let [program, arguments @ ..] = words.as_slice() else { bail!("{} names no program", self.name) };
        let status = Command::new(program)
            .args(arguments)
            .current_dir(workspace.root.join(folder))
            .envs(settings.iter().copied())
            .status()
            .with_context(|| format!("{program} does not start: is it installed?"))?;
        if !status.success() {
            bail!("{} failed ({status}); alone it is: (cd {folder} && {})", self.name, by_hand(words, settings));
        }
        Ok(())
    }
}

/// Runs the steps in their order up to the first that fails, and prints what each cost.
pub(crate) fn run_all(workspace: &Workspace, steps: &[Step]) -> Result<()> {
    let mut costs: Vec<(&str, Cost)> = Vec::new();
    let mut outcome = Ok(());
    for (index, step) in steps.iter().enumerate() {
        println!("\n== {} of {}: {}", index + 1, steps.len(), step.name);
        let (cost, done) = measure(|| step.run(workspace));
        costs.push((step.name, cost?));
        if done.is_err() {
            outcome = done;
            break;
        }
    }
    print!("{}", table(&costs));
    outcome
}

/// What work costs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Cost {
    wall: Duration,
    cpu: Duration,
}

#[expect(clippy::disallowed_methods, reason = "a gate says how long it took; no rule of the product reads this clock")]
fn measure<T>(work: impl FnOnce() -> T) -> (Result<Cost>, T) {
    let (began, before) = (Instant::now(), cpu_used());
    let done = work();
    let wall = began.elapsed();
    let cost = before.and_then(|before| Ok(Cost { wall, cpu: cpu_used()?.saturating_sub(before) }));
    (cost, done)
}

/// CPU time of this process and of all its children that have ended.
fn cpu_used() -> Result<Duration> {
    let text = std::fs::read_to_string(Path::new("/proc/self/stat")).context("the gates measure on Linux only")?;
    cpu_of(&text).context("/proc/self/stat is not as proc(5) says")
}

/// Fields utime, stime, cutime and cstime of proc(5); the name of the program, in brackets, may hold anything.
fn cpu_of(stat: &str) -> Option<Duration> {
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks: Vec<u64> = fields.split_whitespace().skip(11).take(4).map_while(|field| field.parse().ok()).collect();
    let sum: u64 = (ticks.len() == 4).then(|| ticks.iter().sum())?;
    Some(Duration::from_millis(sum * 1000 / TICKS_PER_SECOND))
}

/// The costs in minutes, with their sum.
fn table(costs: &[(&str, Cost)]) -> String {
    let mut sum = Cost::default();
    let mut text = format!("\n{:<28} {:>9} {:>9}\n", "minutes", "wall", "CPU");
    for (name, cost) in costs {
        sum = Cost { wall: sum.wall + cost.wall, cpu: sum.cpu + cost.cpu };
        text.push_str(&row(name, *cost));
    }
    text.push_str(&row("in all", sum));
    text
}

fn row(name: &str, cost: Cost) -> String {
    format!("{name:<28} {:>9.2} {:>9.2}\n", cost.wall.as_secs_f64() / 60.0, cost.cpu.as_secs_f64() / 60.0)
}

/// The command as one would type it.
fn by_hand(words: &[&str], settings: &[(&str, &str)]) -> String {
    let settings = settings.iter().map(|(name, value)| format!("{name}={value} "));
    let words = words.iter().map(|word| if word.contains(' ') { format!("'{word}'") } else { (*word).to_owned() });
    settings.collect::<String>() + &words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Cost, by_hand, cpu_of, table};

    #[test]
    fn cpu_time_counts_the_children() {
        let stat = |name: &str| format!("7 ({name}) S 1 7 7 0 -1 4194560 1 2 3 4 100 20 3000 400 20 0 1 0 5 6 7");
        let table = [
            (stat("xtask"), Some(Duration::from_millis(35_200))),
            (stat("a) b (c"), Some(Duration::from_millis(35_200))),
            ("7 (xtask) S 1 7 7".to_owned(), None),
            (String::new(), None),
        ];
        for (text, expected) in table {
            assert_eq!(cpu_of(&text), expected, "{text}");
        }
    }

    #[test]
    fn costs_are_summed() {
        let minutes =
            |wall: u64, cpu: u64| Cost { wall: Duration::from_secs(wall * 60), cpu: Duration::from_secs(cpu * 60) };
        let text = table(&[("clippy", minutes(2, 3)), ("tests", minutes(5, 9))]);
        let last: Vec<&str> = text.lines().last().unwrap_or_default().split_whitespace().collect();
        assert_eq!(last, ["in", "all", "7.00", "12.00"]);
    }

    #[test]
    fn a_failed_step_can_be_repeated() {
        let text = by_hand(&["cargo", "nextest", "run", "-E", "kind(lib) + kind(bin)"], &[("OTKLIK_LONG", "1")]);
        assert_eq!(text, "OTKLIK_LONG=1 cargo nextest run -E 'kind(lib) + kind(bin)'");
    }
}
