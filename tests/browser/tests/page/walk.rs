//! A walk through all that the page is for, each thing once, in every width, theme and language: at each stop the page is laid out
//! well and speaks one language, and at the end nothing was said in the console and nothing refused by the policy.
//!
//! By default three walks bring every width, every theme and both languages. All eighteen:
//! `cargo test --manifest-path tests/browser/Cargo.toml --test page walk:: -- --include-ignored`.

use muster_browser_tests::common::{
    DOWN, ENTER, ESCAPE, HOME, RIGHT, is, kept, link, ordinal, play_past, step, tab,
};
use muster_browser_tests::{LANGS, Lang, Look, Page, Result, SIZES, THEMES, Theme, in_browser};

/// Somebody who walks through the page, and what they see amiss.
struct Walk<'a> {
    page: &'a Page,
    look: Look,
    faults: Vec<String>,
}

impl Walk<'_> {
    /// Stops and looks.
    async fn stop(&mut self, at: &str) -> Result {
        self.page.rest().await?;
        self.page.settle().await?;
        let found = self.page.unsound(self.look.lang).await?;
        self.faults.extend(found.into_iter().map(|fault| format!("{at}: {fault}")));
        Ok(())
    }

    async fn time(&mut self) -> Result {
        let page = self.page;
        play_past(page, 60).await?;
        step(page, 2).await?;
        step(page, -1).await?;
        page.keys(HOME).await?;
        page.event_that(|now| now == 0).await?;
        page.keys(".").await?; // the next mark
        page.element(".actor.leader").await?;
        page.keys("++").await?;
        self.stop("time").await?;
        page.keys("b").await?;
        page.element("#condition-said").await?;
        self.stop("conditions").await?;
        page.press(ESCAPE).await?;
        page.gone("dialog").await
    }

    async fn branches(&mut self) -> Result {
        let page = self.page;
        for (branches, member) in [(2, "2"), (3, "3")] {
            step(page, 8).await?;
            step(page, -4).await?;
            page.keys(member).await?;
            page.element(".verbs [data-verb=crash]").await?;
            page.rest().await?;
            page.keys("c").await?;
            is(page, &format!("n{member}"), "crashed").await?;
            page.becomes("return document.querySelectorAll('.branch').length", branches).await?;
        }
        step(page, 8).await?;
        self.stop("tree").await?;
        page.keys("[").await?;
        page.rest().await?;
        page.keys("v").await?;
        page.element("#other-stage .actor").await?;
        page.element("#same-until").await?;
        self.stop("compare").await?;
        page.keys("v").await?;
        page.gone("#other-stage").await
    }

    async fn diagram(&mut self) -> Result {
        let page = self.page;
        tab(page, "timeline").await?;
        page.press_on("#lanes", "++").await?;
        page.press_on("#lanes", RIGHT).await?;
        page.press_on("#lanes", "k").await?;
        page.press_on("#lanes", ENTER).await?;
        page.element("#event-sentence").await?;
        self.stop("diagram").await?;
        page.click(".lane[data-name=n4]").await?;
        page.element(".menu [role=menuitem]").await?;
        self.stop("lane's menu").await?;
        page.press(DOWN).await?; // below "look into it": hide it
        page.press(ENTER).await?;
        page.gone(".lane[data-name=n4]").await?;
        page.press_on("#show-all", ENTER).await?;
        page.element(".lane[data-name=n4]").await.map(drop)
    }

    async fn why(&mut self) -> Result {
        let page = self.page;
        page.keys("1").await?;
        page.text_that("#who", |text| text.contains("n1")).await?;
        self.stop("inspector").await?;
        page.keys("w").await?;
        page.element(".reasons").await?;
        self.stop("why").await?;
        page.keys("W").await?;
        page.element("#event-asked").await?;
        page.keys(ESCAPE).await?;
        page.keys(ESCAPE).await?;
        page.gone("#answer").await
    }

    async fn hands(&mut self) -> Result {
        let page = self.page;
        page.press_on("#ring .actor[data-name=n5]", ENTER).await?;
        page.until("return document.activeElement.matches('.menu [role=menuitem]')").await?;
        self.stop("member's menu").await?;
        page.press(ESCAPE).await?;
        page.gone(".menu").await?;
        page.keys("p").await?;
        page.element("dialog form").await?;
        self.stop("partition").await?;
        page.click("dialog form [type=submit]").await?;
        page.element(".wall").await?;
        tab(page, "commands").await?;
        page.until("return [...document.querySelectorAll('.given .written')].some(code => code.textContent.startsWith('partition'))").await?;
        self.stop("commands").await?;
        page.keys("u").await?;
        page.gone(".wall").await
    }

    async fn text(&mut self) -> Result {
        let page = self.page;
        tab(page, "text").await?;
        page.element("#scenario-text").await?;
        self.stop("text").await?;
        muster_browser_tests::common::write(page, "members:", "menbers:").await?;
        page.click("#run-text").await?;
        page.text_that(".problems", |text| text.contains("members")).await?;
        self.stop("wrong text").await?;
        muster_browser_tests::common::write(page, "menbers:", "members:").await
    }

    async fn elsewhere(&mut self) -> Result {
        let page = self.page;
        page.click("#share").await?;
        page.until("return document.querySelector('#link').value.includes('#s=')").await?;
        self.stop("share").await?;
        page.press(ESCAPE).await?;
        page.gone("dialog").await?;
        page.click("#export").await?;
        page.element("#export-keep").await?;
        self.stop("export").await?;
        page.press(ESCAPE).await?;
        page.gone("dialog").await
    }

    async fn find(&mut self) -> Result {
        let page = self.page;
        page.keys("?").await?;
        page.element("dialog .keys").await?;
        self.stop("keys").await?;
        page.press(ESCAPE).await?;
        page.gone("dialog").await?;
        page.keys("/").await?;
        page.until("return document.activeElement.id == 'find'").await?;
        page.press("n2").await?;
        page.element("#found .offer").await?;
        self.stop("find").await?;
        page.press(DOWN).await?;
        page.press(ESCAPE).await?;
        page.gone("dialog").await
    }

    async fn never_lost(&mut self) -> Result {
        let page = self.page;
        kept(page).await?;
        let (here, digest, shared) = (ordinal(page).await?, page.digest().await?, link(page).await?);
        page.refresh().await?;
        page.event_that(|now| now == here).await?;
        page.digest_is(&digest).await?;
        page.element("#notice").await?;
        self.stop("after a reload").await?;
        page.dress(self.look, &format!("#{shared}"), false).await?;
        page.event_that(|now| now == here).await?;
        page.digest_is(&digest).await?;
        self.stop("from a link").await
    }

    async fn lesson(&mut self) -> Result {
        let page = self.page;
        page.dress(self.look, "#scenario=lesson-2-election", false).await?;
        page.element("#step-title").await?;
        self.stop("a lesson").await?;
        page.keys("d").await?;
        page.element("#waits.done").await?;
        page.rest().await?;
        page.keys("j").await?;
        page.click(".chip").await?;
        self.stop("a prediction").await?;
        page.keys("d").await?;
        page.element("#reveal").await?;
        self.stop("how it came").await
    }
}

/// The tour is on the page when it begins.
fn walk(theme: Theme, lang: Lang, (width, height): (u32, u32)) {
    in_browser(async |page| {
        let look = Look { theme, lang, width, height };
        page.dress(look, "", true).await?;
        page.element(".tour").await?;
        let mut walk = Walk { page, look, faults: Vec::new() };
        walk.time().await?;
        page.click("#tour-skip").await?;
        walk.branches().await?;
        walk.diagram().await?;
        walk.why().await?;
        walk.hands().await?;
        walk.text().await?;
        walk.elsewhere().await?;
        walk.find().await?;
        walk.never_lost().await?;
        walk.lesson().await?;
        assert!(walk.faults.is_empty(), "{} faults, {look}:\n{}", walk.faults.len(), walk.faults.join("\n"));
        Ok(())
    });
}

/// All walks; by default one in each theme and each width, in both languages.
macro_rules! walks {
    ($($(#[$often:meta])* $name:ident: $theme:literal, $lang:literal, $size:literal;)*) => {
        $(
            #[test]
            $(#[$often])*
            fn $name() {
                walk(THEMES[$theme], LANGS[$lang], SIZES[$size]);
            }
        )*
    };
}

walks! {
    light_english_360: 0, 0, 0;
    #[ignore = "one of the fifteen others"] light_chinese_1280: 0, 1, 1;
    #[ignore = "one of the fifteen others"] light_english_1920: 0, 0, 2;
    #[ignore = "one of the fifteen others"] dark_chinese_360: 1, 1, 0;
    dark_english_1280: 1, 0, 1;
    #[ignore = "one of the fifteen others"] dark_chinese_1920: 1, 1, 2;
    #[ignore = "one of the fifteen others"] projector_english_360: 2, 0, 0;
    #[ignore = "one of the fifteen others"] projector_chinese_1280: 2, 1, 1;
    projector_chinese_1920: 2, 1, 2;
    #[ignore = "one of the fifteen others"] light_chinese_360: 0, 1, 0;
    #[ignore = "one of the fifteen others"] light_english_1280: 0, 0, 1;
    #[ignore = "one of the fifteen others"] light_chinese_1920: 0, 1, 2;
    #[ignore = "one of the fifteen others"] dark_english_360: 1, 0, 0;
    #[ignore = "one of the fifteen others"] dark_chinese_1280: 1, 1, 1;
    #[ignore = "one of the fifteen others"] dark_english_1920: 1, 0, 2;
    #[ignore = "one of the fifteen others"] projector_chinese_360: 2, 1, 0;
    #[ignore = "one of the fifteen others"] projector_english_1280: 2, 0, 1;
    #[ignore = "one of the fifteen others"] projector_english_1920: 2, 0, 2;
}
