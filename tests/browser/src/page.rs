//! Muster's page in a browser, with what tests ask of any page.

use crate::{browser::Browser, site::Site};
use serde_json::{Value, json};
use std::{
    ops::Deref,
    path::PathBuf,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};
use thirtyfour::{By, WebDriver, WebElement};

/// What a test ends with.
pub type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// How long a test waits for what should be there at once: on a busy machine anything may take seconds.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often it looks at first; less often the longer it waits, for looking takes its part of a processor.
const GLANCE: Duration = Duration::from_millis(20);
/// And at last.
const LAST_GLANCE: Duration = Duration::from_millis(100);
/// Runs before anything of the page: counts what its workers were asked and have not answered, and notes what the policy refuses.
const WATCH: &str = "
  globalThis.refused = [];
  addEventListener('securitypolicyviolation',
    (event) => refused.push(`${event.violatedDirective} ${event.blockedURI}`), true);
  globalThis.workers = [];
  const Real = Worker;
  globalThis.Worker = class extends Real {
    unanswered = 0;
    constructor(...given) {
      super(...given);
      workers.push(this);
      // Words and a module that come are no answers.
      this.addEventListener('message', ({ data }) => { if (data instanceof Uint8Array) this.unanswered--; });
    }
    postMessage(...given) {
      if (given[0] instanceof Uint8Array) this.unanswered++;
      super.postMessage(...given);
    }
    terminate() {
      super.terminate();
      this.unanswered = 0;
    }
  };";
/// For how many frames nothing may be asked or unanswered: what one answer makes the page ask, it asks in the frame after it.
const QUIET_FRAMES: u32 = 4;
/// So often a key may be pressed to come to something.
const MOST_STEPS: u32 = 120;
/// What a page that something did not come true on is recognised by.
const SIGHT: &str = "const text = (css) => document.querySelector(css)?.innerText ?? null;\
    const focus = document.activeElement;\
    return { event: text('#ordinal'), sentence: text('#sentence'), notice: text('#notice'), dialog: text('dialog'),\
      focus: focus && `${focus.localName}#${focus.id}.${focus.getAttribute('class') ?? ''}`,\
      unanswered: globalThis.workers?.map((worker) => worker.unanswered) }";
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

/// A tab in which nothing was done before, and the site that it visits. All that the driver offers is at hand as well.
#[derive(Debug)]
pub struct Page {
    browser: Browser,
    site: Site,
    /// The script that the last [`Page::once`] brought.
    once: Mutex<Option<Value>>,
}

impl Deref for Page {
    type Target = WebDriver;
    fn deref(&self) -> &WebDriver {
        self.browser.session()
    }
}

impl Page {
    pub(crate) async fn new(site: Site) -> Result<Self> {
        let page = Self { browser: Browser::take().await?, site, once: Mutex::new(None) };
        page.before_each_document(WATCH).await?;
        Ok(page)
    }

    /// The site that serves the page.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// From now on, runs a script in every document before anything of its own.
    pub async fn before_each_document(&self, script: &str) -> Result {
        let cdp = self.cdp();
        cdp.send_raw("Page.enable", json!({})).await?;
        cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await?;
        Ok(())
    }

    /// As [`Page::before_each_document`], in place of the script that was given here before.
    pub(crate) async fn once(&self, script: &str) -> Result {
        let cdp = self.cdp();
        let before = self.once.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(identifier) = before {
            let it = json!({ "identifier": identifier });
            cdp.send_raw("Page.removeScriptToEvaluateOnNewDocument", it).await?;
        }
        let script = json!({ "source": script });
        let answer = cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", script).await?;
        *self.once.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer["identifier"].clone());
        Ok(())
    }

    /// Opens the page; `rest` follows its address, as in `#share=…`.
    ///
    /// An address that differs from the present one only behind `#` does not load the page again.
    pub async fn open(&self, rest: &str) -> Result {
        Ok(self.goto(format!("{}{rest}", self.site.base())).await?)
    }

    /// Tries until it succeeds or patience is over; the last failure is told, and what the page looked like.
    async fn patiently<T>(&self, wanted: &str, mut attempt: impl AsyncFnMut() -> Result<T>) -> Result<T> {
        let until = Instant::now() + PATIENCE;
        let mut glance = GLANCE;
        loop {
            match attempt().await {
                Ok(done) => return Ok(done),
                Err(error) if Instant::now() > until => {
                    let sight = self.js(SIGHT).await.unwrap_or_default();
                    let error = error.to_string();
                    let error = error.split("Stacktrace").next().unwrap_or_default().trim(); // the driver's own
                    return Err(format!("{wanted}: {error}\n  the page: {sight}").into());
                }
                Err(_) => {
                    tokio::time::sleep(glance).await;
                    glance = (glance * 5 / 4).min(LAST_GLANCE);
                }
            }
        }
    }

    /// The first element for a CSS selector, waited for.
    pub async fn element(&self, css: &str) -> Result<WebElement> {
        self.patiently(&format!("there is no `{css}`"), async || Ok(self.find(By::Css(css)).await?)).await
    }

    /// Waits until there is nothing for a CSS selector any more.
    pub async fn gone(&self, css: &str) -> Result {
        self.until(&format!("return !document.querySelector({})", json!(css))).await
    }

    /// The visible text of the first element for a CSS selector.
    pub async fn text(&self, css: &str) -> Result<String> {
        let read = async || Ok(self.find(By::Css(css)).await?.text().await?);
        self.patiently(&format!("`{css}` has no text"), read).await
    }

    /// An attribute of the first element for a CSS selector; empty if it has none.
    pub async fn attr(&self, css: &str, name: &str) -> Result<String> {
        let read = async || Ok(self.find(By::Css(css)).await?.attr(name).await?.unwrap_or_default());
        self.patiently(&format!("`{css}` has no attribute {name}"), read).await
    }

    /// What stands in the first field for a CSS selector.
    pub async fn value(&self, css: &str) -> Result<String> {
        let value = format!("return document.querySelector({}).value", json!(css));
        let read = async || Ok(self.js(&value).await?.as_str().ok_or("it is no field")?.to_owned());
        self.patiently(&format!("`{css}` has no value"), read).await
    }

    /// Clicks the first element for a CSS selector, once it is there, enabled, and nothing lies over it.
    pub async fn click(&self, css: &str) -> Result {
        // One question in place of four: each is a way to the browser and back, and the page draws on meanwhile.
        let script = format!(
            "const found = document.querySelector({});\
             if (!found) return 'there is none';\
             if (found.ariaDisabled == 'true' || found.matches(':disabled')) return 'it is disabled';\
             found.scrollIntoView({{ block: 'center', inline: 'center' }}); return null",
            json!(css)
        );
        let try_it = async || {
            if let Value::String(why) = self.js(&script).await? {
                return Err(why.into());
            }
            Ok(self.find(By::Css(css)).await?.click().await?)
        };
        self.patiently(&format!("`{css}` cannot be clicked"), try_it).await
    }

    /// Clicks the first element for a CSS selector whose text fits a JavaScript expression about `text`.
    pub async fn click_that(&self, css: &str, fits: &str) -> Result {
        let script = format!(
            "const found = [...document.querySelectorAll({})].find((one) => {{ const text = one.innerText; return {fits} }});\
             if (!found || found.ariaDisabled == 'true' || found.disabled || !found.checkVisibility()) return null;\
             found.setAttribute('data-sought', ''); return true",
            json!(css)
        );
        let try_it = async || {
            if self.js(&script).await? != json!(true) {
                return Err("there is none, or it is disabled".into());
            }
            let clicked = async {
                let element = self.find(By::Css("[data-sought]")).await?;
                element.scroll_into_view().await?;
                element.click().await
            };
            let clicked = clicked.await;
            self.js("document.querySelector('[data-sought]')?.removeAttribute('data-sought')").await?;
            Ok(clicked?)
        };
        self.patiently(&format!("`{css}` with {fits} cannot be clicked"), try_it).await
    }

    /// Focuses the first element for a CSS selector, once it is there, visible and enabled, and stays so.
    pub async fn focus(&self, css: &str) -> Result {
        let script = format!(
            "const found = document.querySelector({});\
             if (!found || found.disabled || !found.checkVisibility({{ visibilityProperty: true }})) return false;\
             found.focus(); return document.activeElement == found",
            json!(css)
        );
        let try_it = async || match self.js(&script).await? == json!(true) {
            true => Ok(()),
            false => Err("it is not there, not visible, or disabled".into()),
        };
        self.patiently(&format!("`{css}` cannot be focused"), try_it).await
    }

    /// Focuses the first element for a CSS selector and presses keys in it.
    pub async fn press_on(&self, css: &str, keys: &str) -> Result {
        self.focus(css).await?;
        self.press(keys).await
    }

    /// Replaces what stands in a field by a text, as who types it in.
    pub async fn fill(&self, css: &str, text: &str) -> Result {
        self.focus(css).await?;
        self.js("document.activeElement.select()").await?;
        self.press(if text.is_empty() { "\u{e017}" } else { text }).await?;
        let typed = async || match self.value(css).await? == text {
            true => Ok(()),
            false => Err("something else stands there".into()),
        };
        self.patiently(&format!("`{css}` does not take {text:?}"), typed).await
    }

    /// Chooses an option of a list by its words.
    pub async fn choose(&self, css: &str, words: &str) -> Result {
        self.until(&format!(
            "const list = document.querySelector({});\
             const at = [...list?.options ?? []].findIndex(option => option.text == {});\
             if (at < 0 || list.disabled) return false;\
             list.selectedIndex = at; list.dispatchEvent(new Event('change', {{ bubbles: true }})); return true",
            json!(css),
            json!(words)
        ))
        .await
    }

    /// Waits until the first element for a CSS selector has a text that `fits`; the text.
    pub async fn text_that(&self, css: &str, fits: impl Fn(&str) -> bool) -> Result<String> {
        let script = format!("return document.querySelector({})?.innerText ?? null", json!(css));
        let read = async || match self.js(&script).await? {
            Value::String(text) if fits(&text) => Ok(text),
            text => Err(text.to_string().into()),
        };
        self.patiently(&format!("`{css}` kept its text"), read).await
    }

    /// Types keys into the page as a whole.
    pub async fn keys(&self, keys: &str) -> Result {
        let body = self.element("body").await?;
        self.js("document.activeElement?.blur()").await?;
        Ok(body.send_keys(keys).await?)
    }

    /// Presses keys where the focus is.
    pub async fn press(&self, keys: &str) -> Result {
        let send = async || Ok(self.active_element().await?.send_keys(keys).await?);
        self.patiently("no key can be pressed", send).await
    }

    /// Presses a key again and again until a JavaScript expression holds; how often.
    pub async fn walk_to(&self, key: &str, holds: &str) -> Result<u32> {
        let look = format!(
            "return (async () => {{\
               for (let frame = 0; frame < 2; frame++) await new Promise((next) => requestAnimationFrame(next));\
               return !!({holds}) }})()"
        );
        for pressed in 0..=MOST_STEPS {
            if self.js(&look).await? == json!(true) {
                return Ok(pressed);
            }
            self.press(key).await?;
        }
        let sight = self.js(SIGHT).await?;
        Err(format!("{MOST_STEPS} presses of a key do not lead to {holds}\n  the page: {sight}").into())
    }

    /// Waits until the page has been answered everything, and asks for nothing more. A run that plays never rests.
    pub async fn rest(&self) -> Result {
        let frames = format!(
            "const busy = () => workers.some((worker) => worker.unanswered > 0);\
             return (async () => {{\
               for (let frame = 0; frame < {QUIET_FRAMES}; frame++) {{\
                 if (busy()) return 'unanswered';\
                 await new Promise((next) => requestAnimationFrame(next));\
               }}\
               return busy() ? 'unanswered' : 'rests';\
             }})()"
        );
        let look = async || match self.js(&frames).await? {
            said if said == json!("rests") => Ok(()),
            said => Err(said.to_string().into()),
        };
        self.patiently("the page does not come to rest", look).await
    }

    /// The digest of the run at the place shown.
    pub async fn digest(&self) -> Result<String> {
        self.attr("[data-digest]", "data-digest").await
    }

    /// Waits until the run has this digest at the place shown.
    pub async fn digest_is(&self, digest: &str) -> Result {
        self.becomes("return document.querySelector('[data-digest]').dataset.digest", digest).await
    }

    /// Gives the page a few frames to lay itself out anew.
    pub async fn settle(&self) -> Result {
        let frames = "return (async () => { for (let frame = 0; frame < 6; frame++) await new Promise(requestAnimationFrame) })()";
        self.js(frames).await?;
        Ok(())
    }

    /// Waits until an event is shown whose number fits; it.
    pub async fn event_that(&self, fits: impl Fn(u64) -> bool) -> Result<u64> {
        Ok(self.text_that("#ordinal", |text| text.parse().is_ok_and(&fits)).await?.parse()?)
    }

    /// Stops a run that plays, and waits until it stands; one that stands already is only waited for.
    pub async fn stop(&self) -> Result {
        self.until(
            "const button = document.querySelector('#play');\
             return ['Play', '播放'].includes(button.ariaLabel) || button.click()",
        )
        .await?;
        self.rest().await
    }

    /// What a function body of JavaScript returns.
    pub async fn js(&self, body: &str) -> Result<Value> {
        Ok(self.execute(body, Vec::new()).await?.json().clone())
    }

    /// Waits until a function body of JavaScript returns something true. An error of its own is a condition that does not hold yet.
    pub async fn until(&self, body: &str) -> Result {
        let script = format!("const held = (() => {{ {body} }})(); return held ? true : String(held)");
        let look = async || match self.js(&script).await? {
            Value::Bool(true) => Ok(()),
            other => Err(other.to_string().into()),
        };
        self.patiently(&format!("this never held: {body}"), look).await
    }

    /// Waits until a function body of JavaScript returns this.
    pub async fn becomes(&self, body: &str, wanted: impl Into<Value>) -> Result {
        let wanted = wanted.into();
        let look = async || match self.js(body).await? {
            seen if seen == wanted => Ok(()),
            seen => Err(format!("it is {seen}").into()),
        };
        self.patiently(&format!("this never became {wanted}: {body}"), look).await
    }

    /// Waits until a function body of JavaScript returns something else than this.
    pub async fn changes(&self, body: &str, from: &Value) -> Result<Value> {
        let look = async || match self.js(body).await? {
            seen if seen == *from => Err("it stayed as it was".into()),
            seen => Ok(seen),
        };
        self.patiently(&format!("this never changed: {body}"), look).await
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
        let cdp = self.cdp();
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        cdp.send_raw("Emulation.setDeviceMetricsOverride", size).await?;
        let scheme = json!({ "features": [{ "name": "prefers-color-scheme", "value": light.name() }] });
        cdp.send_raw("Emulation.setEmulatedMedia", scheme).await?;
        Ok(())
    }

    /// The errors that the console got since this was last asked.
    pub async fn console_errors(&self) -> Result<Vec<String>> {
        let entries = self.browser_log().await?;
        Ok(entries.into_iter().filter(|entry| entry.level == "SEVERE").map(|entry| entry.message).collect())
    }

    /// What the Content-Security-Policy refused in the present document.
    pub async fn refused(&self) -> Result<Vec<String>> {
        Ok(serde_json::from_value(self.js("return globalThis.refused ?? []").await?)?)
    }

    /// After a failure: what the console says and how the page looks.
    pub(crate) async fn leave_evidence(&self, test: &str) {
        for entry in self.browser_log().await.unwrap_or_default() {
            eprintln!("console: {} {}", entry.level, entry.message);
        }
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/browser-failures");
        let file = folder.join(format!("{}.png", test.replace("::", "-")));
        if std::fs::create_dir_all(&folder).is_ok() && self.screenshot(&file).await.is_ok() {
            eprintln!("the page at that moment: {}", file.display());
        }
    }

    /// After a test: the browser is there for another one, unless it may be the reason why this one failed.
    pub(crate) async fn leave(self, passed: bool) {
        if passed {
            self.browser.give_back();
        } else {
            self.browser.quit().await;
        }
    }
}
