//! Muster's page in a browser, with what tests ask of any page.

use crate::{driver::Driver, site::Site};
use serde_json::{Value, json};
use std::{
    ops::Deref,
    path::PathBuf,
    time::{Duration, Instant},
};
use thirtyfour::{
    By, ChromeCapabilities, ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver,
    WebElement,
};

/// What a test ends with.
pub type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// How long a test waits for what should be there at once.
const PATIENCE: Duration = Duration::from_secs(20);
const FLAGS: [&str; 9] = [
    "--headless",
    "--no-sandbox", // Chromium refuses to run as root with it
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// The reader's preference, as the page sees it by `prefers-color-scheme`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Light {
    /// A light page.
    Light,
    /// A dark page.
    Dark,
}

impl Light {
    /// Its name in CSS.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// A browser with an empty profile, and the site that it visits. All that the driver offers is at hand as well.
#[derive(Debug)]
pub struct Page {
    driver: WebDriver,
    site: Site,
}

impl Deref for Page {
    type Target = WebDriver;
    fn deref(&self) -> &WebDriver {
        &self.driver
    }
}

impl Page {
    pub(crate) async fn new(driver: &Driver, site: Site) -> Result<Self> {
        let mut wanted: ChromeCapabilities = DesiredCapabilities::chrome();
        for flag in FLAGS {
            wanted.add_arg(flag)?;
        }
        if let Some(chromium) = std::env::var_os("CHROMIUM") {
            wanted.set_binary(&chromium.to_string_lossy())?;
        }
        wanted.set_browser_log_level(LoggingPrefsLogLevel::All)?;
        Ok(Self { driver: WebDriver::new(driver.url(), wanted).await?, site })
    }

    /// The site that serves the page.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Opens the page; `rest` follows its address, as in `#share=…`.
    ///
    /// An address that differs from the present one only behind `#` does not load the page again.
    pub async fn open(&self, rest: &str) -> Result {
        Ok(self.goto(format!("{}{rest}", self.site.base())).await?)
    }

    /// The first element for a CSS selector, waited for.
    pub async fn element(&self, css: &str) -> Result<WebElement> {
        let until = Instant::now() + PATIENCE;
        loop {
            match self.driver.find(By::Css(css)).await {
                Ok(element) => return Ok(element),
                Err(error) if Instant::now() > until => {
                    return Err(format!("there is no `{css}`: {error}").into());
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    }

    /// The visible text of the first element for a CSS selector.
    pub async fn text(&self, css: &str) -> Result<String> {
        Ok(self.element(css).await?.text().await?)
    }

    /// Clicks the first element for a CSS selector.
    pub async fn click(&self, css: &str) -> Result {
        let element = self.element(css).await?;
        element.scroll_into_view().await?;
        Ok(element.click().await?)
    }

    /// Waits until the first element for a CSS selector has a text that `fits`; the text.
    pub async fn text_that(&self, css: &str, fits: impl Fn(&str) -> bool) -> Result<String> {
        let until = Instant::now() + PATIENCE;
        loop {
            let text =
                self.js(&format!("return document.querySelector({})?.innerText ?? null", json!(css))).await?;
            match text.as_str() {
                Some(text) if fits(text) => return Ok(text.to_owned()),
                _ if Instant::now() > until => return Err(format!("`{css}` kept the text {text}").into()),
                _ => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    }

    /// Types keys into the page as a whole.
    pub async fn keys(&self, keys: &str) -> Result {
        self.js("document.activeElement?.blur()").await?;
        Ok(self.element("body").await?.send_keys(keys).await?)
    }

    /// Presses keys where the focus is.
    pub async fn press(&self, keys: &str) -> Result {
        Ok(self.driver.active_element().await?.send_keys(keys).await?)
    }

    /// The digest of the run at the place shown.
    pub async fn digest(&self) -> Result<String> {
        let digest = self.js("return document.querySelector('[data-digest]').dataset.digest").await?;
        Ok(digest.as_str().unwrap_or_default().to_owned())
    }

    /// What a function body of JavaScript returns.
    pub async fn js(&self, body: &str) -> Result<Value> {
        Ok(self.driver.execute(body, Vec::new()).await?.json().clone())
    }

    /// Waits until a function body of JavaScript returns something true.
    pub async fn until(&self, body: &str) -> Result {
        let until = Instant::now() + PATIENCE;
        while self.js(&format!("return !!(() => {{ {body} }})()")).await? != json!(true) {
            if Instant::now() > until {
                return Err(format!("this never held: {body}").into());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// From now on, notes every task that blocks the page's thread for over 50 ms.
    pub async fn watch_long_tasks(&self) -> Result {
        self.js(
            "globalThis.longTasks = []; globalThis.longTaskObserver?.disconnect(); \
             globalThis.longTaskObserver = \
             new PerformanceObserver(list => longTasks.push(...list.getEntries().map(task => task.duration))); \
             longTaskObserver.observe({ type: 'longtask' })",
        )
        .await?;
        Ok(())
    }

    /// How long each task over 50 ms took since [`Page::watch_long_tasks`], in milliseconds.
    pub async fn long_tasks(&self) -> Result<Vec<f64>> {
        Ok(serde_json::from_value(self.js("return longTasks").await?)?)
    }

    /// Shows the page at a size in CSS pixels, in light or dark.
    pub async fn look(&self, width: u32, height: u32, light: Light) -> Result {
        let cdp = self.driver.cdp();
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        cdp.send_raw("Emulation.setDeviceMetricsOverride", size).await?;
        let scheme = json!({ "features": [{ "name": "prefers-color-scheme", "value": light.name() }] });
        cdp.send_raw("Emulation.setEmulatedMedia", scheme).await?;
        Ok(())
    }

    /// The errors that the console got since this was last asked.
    pub async fn console_errors(&self) -> Result<Vec<String>> {
        let entries = self.driver.browser_log().await?;
        Ok(entries.into_iter().filter(|entry| entry.level == "SEVERE").map(|entry| entry.message).collect())
    }

    /// After a failure: what the console says and how the page looks.
    pub(crate) async fn leave_evidence(&self, test: &str) {
        for entry in self.driver.browser_log().await.unwrap_or_default() {
            eprintln!("console: {} {}", entry.level, entry.message);
        }
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/browser-failures");
        let file = folder.join(format!("{}.png", test.replace("::", "-")));
        if std::fs::create_dir_all(&folder).is_ok() && self.driver.screenshot(&file).await.is_ok() {
            eprintln!("the page at that moment: {}", file.display());
        }
    }

    pub(crate) async fn quit(self) {
        self.driver.quit().await.ok(); // a browser that is gone already has quit
    }
}
