//! The centre's file: lines, hours, thresholds. Read, checked with the place of each fault, turned into the rules'
//! configuration.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, bail, ensure};
use jiff::tz::TimeZone;
use otklik_centre::calendar::ProductionCalendar;
use otklik_centre::settings::{LONGEST_KEPT, LineSettings, Span, Weekly, usually_kept};
use otklik_centre::{CentreConfig, Line, Thresholds};
use otklik_model::{LineId, LineMode, PhoneNumber};
use serde::Deserialize;

/// The demonstration centre, which also serves where no other is given.
pub(crate) const BUILT_IN: &str = include_str!("../../../data/centre.yaml");

/// Name of the file in the data folder that says with which centre it was opened.
pub(crate) const CENTRE_FILE: &str = "centre.yaml";

/// The official production calendars that come with the program.
const CALENDARS: [(&str, &str); 2] = [
    ("2026", include_str!("../../../data/calendar/ru-2026.csv")),
    ("2027", include_str!("../../../data/calendar/ru-2027.csv")),
];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CentreFile {
    #[expect(dead_code, reason = "names the file for its reader")]
    name: String,
    timezone: String,
    lines: Vec<LineEntry>,
    #[serde(default)]
    thresholds: ThresholdEntries,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LineEntry {
    id: String,
    name: String,
    number: String,
    #[serde(default)]
    mode: LineMode,
    #[serde(default = "yes")]
    recorded: bool,
    /// Days that recordings stay; 0 = for ever.
    #[serde(default = "usually_kept")]
    keep_days: u32,
    #[serde(default)]
    recorder: bool,
    #[serde(default)]
    hours: BTreeMap<Weekly, Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ThresholdEntries {
    offer_s: Option<u32>,
    wrap_up_s: Option<u32>,
    same_person_pause_s: Option<u32>,
    missed_offers: Option<u32>,
    lost_grace_s: Option<u32>,
    max_waiting: Option<u16>,
    max_waiting_withheld: Option<u16>,
    fault_due_min: Option<u32>,
    message_s: Option<u32>,
    nobody_s: Option<u32>,
}

fn yes() -> bool {
    true
}

/// A centre that was read.
#[derive(Debug)]
pub(crate) struct Centre {
    pub(crate) config: CentreConfig,
    pub(crate) zone: TimeZone,
    pub(crate) calendar: ProductionCalendar,
    /// The lines as the file says them, to be kept in the store where they are not yet.
    pub(crate) lines: Vec<(LineId, LineSettings)>,
}

impl Centre {
    /// Reads and checks a centre's file.
    pub(crate) fn parse(text: &str) -> anyhow::Result<Self> {
        let file: CentreFile = serde_yaml_ng::from_str(text)?;
        let zone = TimeZone::get(&file.timezone).with_context(|| format!("timezone: no zone {:?}", file.timezone))?;
        let calendar = calendar()?;
        ensure!(!file.lines.is_empty(), "lines: a centre has at least one line");
        let (mut lines, mut said) = (Vec::<Line>::new(), Vec::new());
        for (index, entry) in file.lines.into_iter().enumerate() {
            let place = format!("lines[{index}] {:?}", entry.id);
            let id = LineId::new(entry.id.as_str());
            ensure!(entry.keep_days <= LONGEST_KEPT, "{place}: keep_days: 0 (for ever) to {LONGEST_KEPT}");
            let (settings, line) = entry.line(index, &calendar, &zone).with_context(|| place.clone())?;
            if lines.iter().any(|other| other.id == line.id || other.number == line.number) {
                bail!("{place}: another line has this id or number");
            }
            lines.push(line);
            said.push((id, settings));
        }
        let config = CentreConfig { lines, thresholds: file.thresholds.thresholds()? };
        Ok(Self { config, zone, calendar, lines: said })
    }
}

impl LineEntry {
    fn line(
        self,
        index: usize,
        calendar: &ProductionCalendar,
        zone: &TimeZone,
    ) -> anyhow::Result<(LineSettings, Line)> {
        ensure!(!self.id.is_empty() && self.id.len() <= 40, "id: 1 to 40 letters");
        PhoneNumber::parse(&self.number).with_context(|| format!("number {:?}", self.number))?;
        let mut hours = BTreeMap::new();
        for (day, periods) in self.hours {
            let spans: anyhow::Result<Vec<Span>> = periods.iter().map(|period| parse_period(period)).collect();
            hours.insert(day, spans.with_context(|| format!("hours.{day:?}"))?);
        }
        let settings = LineSettings {
            place: u32::try_from(index)?,
            name: self.name,
            number: self.number,
            mode: self.mode,
            recorded: self.recorded,
            recorder: self.recorder,
            keep_days: self.keep_days,
            hours,
            days: Vec::new(),
        };
        let line = settings.line(LineId::new(self.id), calendar, zone, &[]);
        Ok((settings.clone(), line.map_err(|fault| anyhow::anyhow!("{}", fault.name()))?))
    }
}

impl ThresholdEntries {
    fn thresholds(self) -> anyhow::Result<Thresholds> {
        let usual = Thresholds::default();
        let ms = |seconds: Option<u32>, usual: u64| seconds.map_or(usual, |seconds| u64::from(seconds) * 1_000);
        let thresholds = Thresholds {
            offer_ms: ms(self.offer_s, usual.offer_ms),
            wrap_up_ms: ms(self.wrap_up_s, usual.wrap_up_ms),
            same_person_pause_ms: ms(self.same_person_pause_s, usual.same_person_pause_ms),
            missed_offers: self.missed_offers.unwrap_or(usual.missed_offers),
            lost_grace_ms: ms(self.lost_grace_s, usual.lost_grace_ms),
            max_waiting: self.max_waiting.map_or(usual.max_waiting, usize::from),
            max_waiting_withheld: self.max_waiting_withheld.map_or(usual.max_waiting_withheld, usize::from),
            message_ms: ms(self.message_s, usual.message_ms),
            nobody_ms: ms(self.nobody_s, usual.nobody_ms),
            fault_due_ms: self.fault_due_min.map_or(usual.fault_due_ms, |minutes| i64::from(minutes) * 60_000),
            retry: usual.retry,
        };
        ensure!(thresholds.offer_ms >= 1_000, "thresholds.offer_s: at least 1");
        ensure!((30_000..=600_000).contains(&thresholds.message_ms), "thresholds.message_s: 30 to 600");
        ensure!(thresholds.nobody_ms >= 5_000, "thresholds.nobody_s: at least 5");
        ensure!(thresholds.missed_offers >= 1, "thresholds.missed_offers: at least 1");
        ensure!(thresholds.max_waiting >= 1, "thresholds.max_waiting: at least 1");
        Ok(thresholds)
    }
}

/// The centre's file in the data folder, if the folder was opened before.
pub(crate) fn kept(data: &Path) -> anyhow::Result<Option<String>> {
    match fs::read_to_string(data.join(CENTRE_FILE)) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).context(CENTRE_FILE),
    }
}

/// Keeps a centre's file in the data folder: whole and on disk, or not at all.
pub(crate) fn keep(data: &Path, text: &str) -> anyhow::Result<()> {
    let draft = data.join("centre.yaml.new");
    let write = || -> io::Result<()> {
        let mut file = File::create(&draft)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&draft, data.join(CENTRE_FILE))?;
        File::open(data)?.sync_all()
    };
    write().with_context(|| format!("{CENTRE_FILE} cannot be written"))
}

fn calendar() -> anyhow::Result<ProductionCalendar> {
    let mut calendar = ProductionCalendar::default();
    for (year, csv) in CALENDARS {
        calendar
            .add_csv(csv)
            .map_err(|fault| anyhow::anyhow!("calendar {year}, line {}: {}", fault.line, fault.text))?;
    }
    Ok(calendar)
}

fn parse_period(text: &str) -> anyhow::Result<Span> {
    let bad = || anyhow::anyhow!("a period is written 08:00-20:00, opening before closing; not {text:?}");
    let (from, to) = text.split_once('-').ok_or_else(bad)?;
    let (from, to) = (from.trim().to_owned(), to.trim().to_owned());
    // Written so, times of five letters sort as they follow one another.
    if from.len() == 5 && to.len() == 5 && from < to { Ok(Span { from, to }) } else { Err(bad()) }
}

#[cfg(test)]
mod tests {
    use super::{BUILT_IN, Centre};

    #[test]
    fn the_built_in_centre_reads() {
        let centre = Centre::parse(BUILT_IN).expect("sound");
        assert_eq!(centre.config.lines[0].number.as_str(), "+78000000000");
    }

    #[test]
    fn a_bad_file_names_the_place_and_what_is_expected() {
        let table = [
            ("08:00-20:00", "20:00-08:00", "opening before closing"),
            ("08:00-20:00", "8-20", "lines[0]"),
            ("Europe/Moscow", "Europe/Mosow", "timezone"),
            ("8-800-000-00-00", "eight", "number"),
            ("mode: calendar", "mode: sometimes", "lines[0].mode"),
            ("offer_s: 20", "offer_s: 0", "thresholds.offer_s"),
            ("recorded: true", "keep_days: 40000", "keep_days"),
            ("offer_s: 20", "ofer_s: 20", "unknown field"),
            ("recorder: true", "recorder: sometimes", "lines[0].recorder"),
            ("message_s: 180", "message_s: 5", "thresholds.message_s"),
            ("nobody_s: 120", "nobody_s: 1", "thresholds.nobody_s"),
        ];
        for (good, bad, said) in table {
            let error = Centre::parse(&BUILT_IN.replacen(good, bad, 1)).expect_err(bad);
            assert!(format!("{error:#}").contains(said), "{bad}: {error:#}");
        }
    }
}
