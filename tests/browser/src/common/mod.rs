//! What several tests do on the page.

pub mod stages;

use crate::{Light, Page, Result};
use serde_json::json;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Enter.
pub const ENTER: &str = "\u{e007}";
/// Escape.
pub const ESCAPE: &str = "\u{e00c}";
/// Tab.
pub const TAB: &str = "\u{e004}";
/// The arrow to the left.
pub const LEFT: &str = "\u{e012}";
/// The arrow to the right.
pub const RIGHT: &str = "\u{e014}";
/// The arrow down.
pub const DOWN: &str = "\u{e015}";
/// To the start.
pub const HOME: &str = "\u{e011}";

/// How much wider what is on the page is than the page: a scroll bar takes its part of the width, nothing reaches beyond the rest.
pub const TOO_WIDE: &str =
    "const root = document.documentElement; return [innerWidth, root.scrollWidth - root.clientWidth]";

/// Opens the page on a usual screen.
pub async fn open(page: &Page) -> Result {
    open_at(page, "").await
}

/// The same, with what follows its address.
pub async fn open_at(page: &Page, rest: &str) -> Result {
    page.look(1280, 800, Light::Light).await?;
    page.open(rest).await
}

/// The number of the event shown.
pub async fn ordinal(page: &Page) -> Result<u64> {
    event_that(page, |_| true).await
}

/// Waits until an event is shown whose number fits; it.
pub async fn event_that(page: &Page, fits: impl Fn(u64) -> bool) -> Result<u64> {
    page.event_that(fits).await
}

/// Lets the run come into being, then stops it and waits until it stands.
pub async fn pause(page: &Page) -> Result {
    event_that(page, |now| now > 0).await?;
    stop(page).await
}

/// Stops a run that plays, and waits until it stands.
pub async fn stop(page: &Page) -> Result {
    page.stop().await
}

/// Lets the run come into being, and stops it where somebody leads for the first time: it is gone to, and not waited for.
pub async fn first_leader(page: &Page) -> Result {
    pause(page).await?;
    page.keys(".").await?; // the next mark
    page.element(".actor.leader").await?;
    page.rest().await
}

/// Lets a run that stands play.
pub async fn play(page: &Page) -> Result {
    page.click("#play:is([aria-label='Play'], [aria-label='播放'])").await
}

/// Opens the page, waits until its run is past an event, and stops it.
pub async fn open_past(page: &Page, event: u64) -> Result {
    open(page).await?;
    play_past(page, event).await
}

/// Lets the run come past an event, faster than it would, and stops it: what is played meanwhile is drawn frame for frame. Time passes
/// as fast as at first afterwards.
pub async fn play_past(page: &Page, event: u64) -> Result {
    page.element("#speed").await?;
    speed(page, 8).await?; // half as fast as the clock on the wall
    event_that(page, |now| now > event).await?;
    stop(page).await?;
    speed(page, 6).await
}

/// Opens the page on a run that does not end while it is watched, in the panel with the lanes, as fast as time can pass.
pub async fn open_endless(page: &Page) -> Result {
    open(page).await?;
    event_that(page, |now| now > 20).await?;
    rewrite(page, "until: 12s", "until: 10h").await?;
    page.until("return document.querySelector('#run-text').disabled").await?;
    tab(page, "timeline").await?;
    speed(page, 18).await
}

/// Median, 95th percentile and longest of so many milliseconds.
pub fn told(mut all: Vec<f64>) -> String {
    all.sort_by(f64::total_cmp);
    let at = |part: usize| all.get(all.len().saturating_sub(1) * part / 100).copied().unwrap_or_default();
    format!("{:.1} ms, {:.1} at the 95th percentile, {:.1} at most", at(50), at(95), at(100))
}

/// From now on the files that the page gives to the browser can be read: their texts, the last one's bytes and name.
pub async fn watch_files(page: &Page) -> Result {
    page.js(
        "window.kept = []; const make = URL.createObjectURL;\
         URL.createObjectURL = blob => { window.blob = blob; blob.text().then(text => window.kept.push(text)); return make.call(URL, blob) };\
         const click = HTMLAnchorElement.prototype.click;\
         HTMLAnchorElement.prototype.click = function() { window.named = this.download; click.call(this) }",
    )
    .await?;
    Ok(())
}

/// The text of the file that the page made last, once there are so many, and its name.
pub async fn file_made(page: &Page, count: usize) -> Result<(String, String)> {
    page.until(&format!("return window.kept.length == {count}")).await?;
    let text = page.js("return window.kept.at(-1)").await?;
    let name = page.js("return window.named").await?;
    Ok((text.as_str().unwrap_or_default().into(), name.as_str().unwrap_or_default().into()))
}

/// Goes a number of events on, or back.
pub async fn step(page: &Page, by: i64) -> Result {
    let from = ordinal(page).await?;
    let button = if by > 0 { "#step" } else { "#back" };
    // All presses but one come at once, as from who does not wait: the page draws where they lead, and not each of them.
    let many = format!(
        "const button = document.querySelector('{button}');\
         if (button.ariaDisabled == 'true' || button.disabled) return false;\
         for (let more = 1; more < {by}; more++) button.click(); return true",
        by = by.abs()
    );
    if by.abs() > 1 {
        page.until(&many).await?;
    }
    if by != 0 {
        page.click(button).await?;
    }
    event_that(page, |now| now == from.saturating_add_signed(by)).await?;
    page.rest().await
}

/// Changes the scenario's text in its panel, once it is there, and runs it.
pub async fn rewrite(page: &Page, from: &str, to: &str) -> Result {
    write(page, from, to).await?;
    page.click("#run-text").await
}

/// Changes the scenario's text in its panel, once it is there.
pub async fn write(page: &Page, from: &str, to: &str) -> Result {
    tab(page, "text").await?;
    page.until(&format!(
        "const text = document.querySelector('#scenario-text'); if (!text.value.includes({from})) return false;\
         text.value = text.value.replace({from}, {to});\
         text.dispatchEvent(new InputEvent('input', {{ bubbles: true }})); return true",
        from = json!(from),
        to = json!(to)
    ))
    .await
}

/// To the end of what was simulated.
pub async fn seek_to_end(page: &Page) -> Result {
    pause(page).await?;
    page.until(
        "const last = document.querySelector('#last'); return last.ariaDisabled == 'true' || last.click()",
    )
    .await?;
    page.rest().await
}

/// Does something to a member by the bar over the stage.
pub async fn act(page: &Page, verb: &str, member: &str) -> Result {
    page.click(&format!(".faults [data-verb={verb}]")).await?;
    page.click_that(".menu [role=menuitem]", &format!("text.split(/\\s/).includes({})", json!(member))).await
}

/// Waits until a member is so, by the class of its place on the stage.
pub async fn is(page: &Page, member: &str, status: &str) -> Result {
    page.element(&format!(".actor.{status}[data-name={member}]")).await.map(drop)
}

/// Makes a link to the run, as the dialog shows it; what follows `#`.
pub async fn link(page: &Page) -> Result<String> {
    page.click("#share").await?;
    page.until("return document.querySelector('#link')?.value.includes('#s=')").await?;
    page.rest().await?; // another way of sharing may be remembered, and asked for
    let link = page.value("#link").await?;
    page.press(ESCAPE).await?;
    page.gone("dialog").await?;
    Ok(link.split_once('#').map(|(_, text)| text.to_owned()).unwrap_or_default())
}

/// Waits until the browser keeps the run as it is shown.
pub async fn kept(page: &Page) -> Result {
    page.rest().await?;
    page.until(
        "return (sessionStorage.getItem('muster.run') ?? '').includes(document.querySelector('[data-digest]').dataset.digest)",
    )
    .await
}

/// Opens a panel below the stage.
pub async fn tab(page: &Page, name: &str) -> Result {
    // Pressed once more, the one that is on would fold the panel on a small screen.
    let selected = page.attr(&format!("#tab-{name}"), "aria-selected").await?;
    if selected != "true" {
        page.click(&format!("#tab-{name}")).await?;
    }
    page.element(&format!("#tab-{name}[aria-selected=true]")).await.map(drop)
}

/// Sets how fast time passes, by a step of the slider's scale (its last is 18, a thousand times as fast).
pub async fn speed(page: &Page, step: u32) -> Result {
    page.until(&format!(
        "const speed = document.querySelector('#speed'); speed.value = {step};\
         speed.dispatchEvent(new InputEvent('input', {{ bubbles: true }})); return true"
    ))
    .await
}

/// Where the middle of an element is, in CSS pixels, once it stays there.
pub async fn middle(page: &Page, css: &str) -> Result<(f64, f64)> {
    let body = format!(
        "return (async () => {{\
           const middle = () => {{ const box = document.querySelector({}).getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2] }};\
           const before = middle(); await new Promise(requestAnimationFrame); await new Promise(requestAnimationFrame);\
           return before.join() == middle().join() && before }})()",
        json!(css)
    );
    page.element(css).await?;
    Ok(serde_json::from_value(page.changes(&body, &json!(false)).await?)?)
}

/// What the command `muster` prints when it is given a text: the program that the variable MUSTER names, or this repository's own, which
/// is built first.
pub fn muster(args: &[&str], text: &str) -> Result<String> {
    let mut command = match std::env::var_os("MUSTER") {
        Some(program) => Command::new(program),
        None => {
            let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
            let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.toml");
            cargo.args(["run", "--quiet", "--bin", "muster", "--manifest-path"]).arg(all).arg("--");
            cargo.env_remove("CARGO_TARGET_DIR"); // that one is for these tests
            cargo
        }
    };
    let mut child = command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(text.as_bytes()).ok(); // who asks for no text has left
    }
    let output = child.wait_with_output()?;
    // With 1 it says that something expected did not come: not yet, where the run was cut short.
    match output.status.code() {
        Some(0 | 1) => Ok(String::from_utf8(output.stdout)?),
        _ => Err(format!("muster {args:?}: {}", output.status).into()),
    }
}

/// The built page, copied to where it can be changed.
pub struct Copy(pub PathBuf);

impl Drop for Copy {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok(); // a folder of ours below the system's own for such
    }
}

impl Copy {
    /// Copies a page; the name is no other copy's.
    pub fn of(dist: &Path, name: &str) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("muster-{name}-{}", std::process::id()));
        copy(dist, &folder)?;
        Ok(Copy(folder))
    }
}

fn copy(from: &Path, to: &Path) -> Result {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let there = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &there)?;
        } else {
            fs::copy(entry.path(), there)?;
        }
    }
    Ok(())
}
