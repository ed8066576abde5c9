//! Somebody who counts what they do: every click, drag and key pressed is one action, as is every text typed.

use crate::{Page, Result};
use serde_json::json;

/// A user's hand on a page.
#[derive(Debug)]
pub struct Hand<'a> {
    page: &'a Page,
    actions: u32,
}

impl<'a> Hand<'a> {
    /// A hand that has not done anything yet.
    pub fn of(page: &'a Page) -> Self {
        Hand { page, actions: 0 }
    }

    /// Clicks the first element for a CSS selector.
    pub async fn click(&mut self, css: &str) -> Result {
        self.actions += 1;
        self.page.click(css).await
    }

    /// Clicks the first element for a CSS selector that says this.
    pub async fn click_on(&mut self, css: &str, words: &str) -> Result {
        self.actions += 1;
        self.page.click_that(css, &format!("text.includes({})", json!(words))).await
    }

    /// Presses one key where the focus is.
    pub async fn press(&mut self, key: &str) -> Result {
        self.actions += 1;
        self.page.press(key).await
    }

    /// Presses one key so many times.
    pub async fn press_times(&mut self, key: &str, times: u32) -> Result {
        for _ in 0..times {
            self.press(key).await?;
        }
        Ok(())
    }

    /// Types a text where the focus is.
    pub async fn write(&mut self, text: &str) -> Result {
        self.actions += 1;
        self.page.press(text).await
    }

    /// Presses a key until a JavaScript expression holds.
    pub async fn walk_to(&mut self, key: &str, holds: &str) -> Result {
        self.actions += self.page.walk_to(key, holds).await?;
        Ok(())
    }

    /// How much was done. Fails if it was more than this.
    pub fn within(&self, most: u32) -> Result<u32> {
        println!("{} actions of {most}", self.actions);
        if self.actions > most {
            return Err(format!("it took {} actions, more than {most}", self.actions).into());
        }
        Ok(self.actions)
    }
}
