//! Browsers, each for one test at a time and for many in turn: to start one takes as long as many a test. What a test left in it is
//! out of the next one's sight: that one has a tab of its own, on a site whose address no other had ([`crate::Site`]), and all that a
//! browser keeps, it keeps by tab or by address, but for the clipboard.

use crate::{Result, driver::Driver};
use serde_json::json;
use std::sync::{Mutex, PoisonError};
use thirtyfour::{
    ChromeCapabilities, ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver,
};

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

/// Those that no test has now.
static IDLE: Mutex<Vec<Browser>> = Mutex::new(Vec::new());

/// A running browser and its driver.
#[derive(Debug)]
pub(crate) struct Browser {
    // In this order they are dropped.
    session: WebDriver,
    _driver: Driver,
}

impl Browser {
    /// One with an empty tab and nothing in its console.
    pub(crate) async fn take() -> Result<Self> {
        let idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(browser) = idle
            && let Ok(browser) = browser.cleared().await
        {
            return Ok(browser);
        }
        Self::start().await
    }

    async fn start() -> Result<Self> {
        let driver = Driver::start()?;
        let mut wanted: ChromeCapabilities = DesiredCapabilities::chrome();
        for flag in FLAGS {
            wanted.add_arg(flag)?;
        }
        if let Some(chromium) = std::env::var_os("CHROMIUM") {
            wanted.set_binary(&chromium.to_string_lossy())?;
        }
        wanted.set_browser_log_level(LoggingPrefsLogLevel::All)?;
        Ok(Self { session: WebDriver::new(driver.url(), wanted).await?, _driver: driver })
    }

    async fn cleared(self) -> Result<Self> {
        let fresh = self.session.new_tab().await?;
        for window in self.session.windows().await? {
            if window != fresh {
                self.session.switch_to_window(window).await?;
                self.session.close_window().await?;
            }
        }
        self.session.switch_to_window(fresh).await?;
        // A tab that another one opened is not the one that keys go to.
        self.session.cdp().send_raw("Page.bringToFront", json!({})).await?;
        self.session.browser_log().await?;
        Ok(self)
    }

    /// What steers it.
    pub(crate) fn session(&self) -> &WebDriver {
        &self.session
    }

    /// Leaves it to another test.
    pub(crate) fn give_back(self) {
        IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(self);
    }

    /// Ends it.
    pub(crate) async fn quit(self) {
        self.session.quit().await.ok(); // one that is gone already has quit
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpStream;

    /// However its driver is left: a browser that stays plays on, and takes from what runs next.
    #[test]
    fn a_browser_ends_with_its_driver() {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let Browser { session, _driver } = runtime.block_on(Browser::start()).expect("a browser");
        let options = session.capabilities().get("goog:chromeOptions").expect("what Chromium adds");
        let address = options["debuggerAddress"].as_str().expect("an address").to_owned();
        TcpStream::connect(&address).expect("it listens to its driver");
        drop(_driver);
        assert!(TcpStream::connect(&address).is_err(), "it is still there");
        session.leak().expect("that nobody has quit");
    }
}
