//! What several tests do on the page.

#![allow(dead_code)] // each test uses some of it

use muster_browser_tests::{Light, Page, Result};
use serde_json::json;

/// Opens the page on a usual screen.
pub async fn open(page: &Page) -> Result {
    page.look(1280, 800, Light::Light).await?;
    page.open("").await
}

/// The number of the event shown.
pub async fn ordinal(page: &Page) -> Result<u64> {
    Ok(page.text("#ordinal").await?.parse()?)
}

/// Lets the run come into being, then stops it and waits until it stands.
pub async fn pause(page: &Page) -> Result {
    page.text_that("#ordinal", |text| text.parse().is_ok_and(|now: u64| now > 0)).await?;
    page.click("#play").await?;
    let mut last = ordinal(page).await?;
    loop {
        tokio::time::sleep(std::time::Duration::from_millis(150)).await;
        let now = ordinal(page).await?;
        if now == last {
            return Ok(());
        }
        last = now;
    }
}

/// Changes the scenario's text in its panel, once it is there, and runs it.
pub async fn rewrite(page: &Page, from: &str, to: &str) -> Result {
    page.click("#tab-text").await?;
    page.until(&format!("return document.querySelector('#scenario-text')?.value.includes({})", json!(from)))
        .await?;
    let typed = format!(
        "const text = document.querySelector('#scenario-text'); text.value = text.value.replace({}, {});\
         text.dispatchEvent(new InputEvent('input', {{ bubbles: true }}))",
        json!(from),
        json!(to)
    );
    page.js(&typed).await?;
    page.click("#run-text:not([disabled])").await
}

/// To the end of what was simulated.
pub async fn seek_to_end(page: &Page) -> Result {
    pause(page).await?;
    page.click("#last").await?;
    page.element("#last[aria-disabled=true]").await?;
    Ok(())
}

/// Does something to a member by the bar over the stage.
pub async fn act(page: &Page, verb: &str, member: &str) -> Result {
    page.click(&format!(".faults [data-verb={verb}]")).await?;
    let entry = format!(
        "const entry = [...document.querySelectorAll('.menu [role=menuitem]')].find(entry => entry.querySelector('b')?.textContent == {});\
         entry?.click(); return entry",
        json!(member)
    );
    page.until(&entry).await
}

/// How a member is, by the class of its place on the stage.
pub async fn status(page: &Page, member: &str) -> Result<String> {
    let body = format!(
        "const classes = document.querySelector('.actor[data-name={member}]').classList;\
         return ['up', 'crashed', 'paused', 'stopped'].find(status => classes.contains(status))"
    );
    Ok(page.js(&body).await?.as_str().unwrap_or_default().to_owned())
}
