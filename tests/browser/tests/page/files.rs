//! Files: opened through the browser's field, dropped, saved, and refused with a reason. What is refused changes nothing.

use muster_browser_tests::common::{ENTER, ESCAPE, file_made, open, open_past, ordinal, pause, watch_files};
use muster_browser_tests::{Light, Page, Result, in_browser};
use serde_json::json;
use std::path::{Path, PathBuf};
use thirtyfour::Key;

/// A scenario of nobody's library.
const MINE: &str = "apiVersion: muster.dev/v1
kind: Scenario
metadata: { name: mine, title: { en: \"My own\", zh: \"我自己的\" } }
systems:
  - { name: kv, kind: Raft, members: 3 }
";

/// A file with these bytes.
fn file(name: &str, bytes: &[u8]) -> Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("muster-files-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let path = folder.join(name);
    std::fs::write(&path, bytes)?;
    Ok(path)
}

/// Chooses a file in the browser's field, as its dialog would.
async fn choose(page: &Page, path: &Path) -> Result {
    Ok(page.element("#open-file").await?.send_keys(path.display().to_string()).await?)
}

/// Drags files with these names and bytes over the page and drops them there if that is wanted.
async fn drag(page: &Page, files: &[(&str, &[u8])], drops: bool) -> Result {
    let files: Vec<_> = files.iter().map(|(name, bytes)| json!([name, bytes])).collect();
    let body = format!(
        "const data = new DataTransfer();\
         for (const [name, bytes] of {}) data.items.add(new File([new Uint8Array(bytes)], name));\
         const send = kind => {{\
           const event = new DragEvent(kind, {{ dataTransfer: data, bubbles: true, cancelable: true }});\
           document.querySelector('main').dispatchEvent(event);\
           return event.defaultPrevented;\
         }};\
         const taken = send('dragover');\
         return {drops} ? send('drop') : taken",
        json!(files)
    );
    assert_eq!(
        page.js(&body).await?,
        true,
        "the page takes it, and the browser does not open it in its place"
    );
    Ok(())
}

/// The scenario's text as it stands in its panel.
async fn text(page: &Page) -> Result<String> {
    page.element("#scenario-text").await?;
    page.value("#scenario-text").await
}

/// What is said of a file that was not opened.
async fn refusal(page: &Page, name: &str) -> Result<String> {
    page.text_that("#notice", |text| text.contains(name)).await
}

#[test]
fn a_file_is_opened_by_mouse_and_another_dropped() {
    in_browser(async |page| {
        open(page).await?;
        page.element("#title").await?;
        page.click("#file").await?;
        page.until("return document.activeElement.id == 'open-a-file'").await?;
        page.action_chain().send_keys("\u{e00c}").perform().await?;
        choose(page, &file("mine.yaml", MINE.as_bytes())?).await?;
        page.text_that("#title", |text| text == "My own").await?;
        page.until("return document.querySelectorAll('.actor').length == 3").await?;
        // The same file, changed meanwhile, is opened anew.
        choose(page, &file("mine.yaml", MINE.replace("members: 3", "members: 5").as_bytes())?).await?;
        page.until("return document.querySelectorAll('.actor').length == 5").await?;
        // While a file is over the page it says so; away again, it does not.
        let dropped = MINE.replace("My own", "Dropped").replace("members: 3", "members: 4");
        drag(page, &[("dropped.yaml", dropped.as_bytes())], false).await?;
        page.text_that("#drop", |text| text.contains("Drop")).await?;
        page.js("window.dispatchEvent(new DragEvent('dragleave'))").await?;
        page.until("return !document.querySelector('#drop')").await?;
        drag(page, &[("dropped.yaml", dropped.as_bytes())], true).await?;
        page.text_that("#title", |text| text == "Dropped").await?;
        page.until(
            "return document.querySelectorAll('.actor').length == 4 && !document.querySelector('#drop')",
        )
        .await
    });
}

#[test]
fn what_is_refused_says_why_and_nothing_is_lost() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        let (title, digest, at) = (page.text("#title").await?, page.digest().await?, ordinal(page).await?);
        page.click("#tab-text").await?;
        page.until("return document.querySelector('#scenario-text')?.value.includes('members: 5')").await?;
        page.js(
            "const text = document.querySelector('#scenario-text'); text.value = text.value.replace('members: 5', 'members: 7');\
             text.dispatchEvent(new InputEvent('input', { bubbles: true }))",
        )
        .await?;
        page.element("#run-text:not([disabled])").await?;
        let large = vec![b'#'; 1_000_001];
        let deep = format!("kind: Run\nbranches: {}", "[".repeat(5_000));
        let refused: [(&str, &[u8], &str); 7] = [
            ("large.yaml", &large, "1000000"),
            ("latin.yaml", b"kind: Sc\xe9nario\n", "UTF-8"),
            ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe", "UTF-8"),
            ("binary.bin", b"\0\x01\x02\0\0\0", "YAML"),
            ("empty.yaml", b"", "empty"),
            ("deep.yaml", deep.as_bytes(), "levels deep"),
            (
                "slip.yaml",
                b"apiVersion: muster.dev/v1\nkind: Scenario\nmetadata: { nam: x }\nsystems: []\n",
                "3:13",
            ),
        ];
        for (number, (name, bytes, reason)) in refused.iter().enumerate() {
            if number % 2 == 0 {
                choose(page, &file(name, bytes)?).await?;
            } else {
                drag(page, &[(name, bytes)], true).await?;
            }
            let said = refusal(page, name).await?;
            assert!(said.contains(reason), "{name}: {said}");
            assert_eq!(page.text("#title").await?, title, "{name}");
            assert_eq!((page.digest().await?, ordinal(page).await?), (digest.clone(), at), "{name}");
            // A text with a slip is laid over what was typed, to be mended; what was typed is a press away.
            if ["deep.yaml", "slip.yaml"].contains(name) {
                assert_eq!(text(page).await?.as_bytes(), *bytes, "{name}");
                page.click("#text-before").await?;
            }
            assert!(text(page).await?.contains("members: 7"), "{name}: what was typed stays");
        }
        drag(page, &[("one.yaml", MINE.as_bytes()), ("two.yaml", MINE.as_bytes())], true).await?;
        let said = refusal(page, "one.yaml").await?;
        assert!(said.contains("One file at a time"), "{said}");
        assert_eq!(page.text("#title").await?, title);
        Ok(())
    });
}

/// [`MINE`] with a slip in its last line.
fn slip() -> String {
    MINE.replace("members: 3", "menbers: 3")
}

#[test]
fn a_file_with_a_slip_is_mended_in_the_editor_by_mouse() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        let (title, digest) = (page.text("#title").await?, page.digest().await?);
        page.click("#file").await?;
        page.element("#open-a-file").await?;
        page.press(ESCAPE).await?;
        choose(page, &file("slip.yaml", slip().as_bytes())?).await?;
        // It is shown at once, with what is wrong at its place; the run is as it was.
        let said = refusal(page, "slip.yaml").await?;
        assert!(said.contains("Scenario panel") && said.contains("5:"), "{said}");
        page.element("#tab-text[aria-selected=true]").await?;
        page.text_that(".problems", |text| text.contains("menbers") && text.contains("members")).await?;
        assert_eq!(text(page).await?, slip());
        page.rest().await?;
        assert_eq!((page.text("#title").await?, page.digest().await?), (title, digest));
        page.until("return document.querySelector('#editor').shadowRoot?.querySelector('.cm-lintRange-error')?.textContent.includes('menbers')").await?;
        // Its line leads there, and what is typed replaces it.
        page.click(".problems button").await?;
        page.until("return document.activeElement.id == 'editor'").await?;
        page.action_chain().send_keys("members").perform().await?;
        page.until("return !document.querySelector('.problems li')").await?;
        page.click("#run-text").await?;
        page.text_that("#title", |text| text == "My own").await?;
        page.until("return document.querySelectorAll('.actor').length == 3").await
    });
}

#[test]
fn a_dropped_run_with_a_slip_is_mended_by_keyboard_alone_and_nothing_typed_is_lost() {
    let mut saved = None;
    in_browser(async |page| {
        let (text, _) = save_branches(page, async |page| {
            page.click("#file").await?;
            page.click("#save-run").await
        })
        .await?;
        saved = Some((text, page.digest().await?, ordinal(page).await?));
        Ok(())
    });
    let (good, digest, at) = saved.expect("saved");
    in_browser(async |page| {
        page.look(1280, 800, Light::Light).await?;
        page.open("#scenario=first-election").await?;
        pause(page).await?;
        muster_browser_tests::common::write(page, "members: 5", "members: 4").await?;
        page.element("#run-text:not([disabled])").await?;
        let typed = text(page).await?;
        let wrong = good.replace("\nshown: {", "\nshwn: {");
        drag(page, &[("run.yaml", wrong.as_bytes())], true).await?;
        refusal(page, "run.yaml").await?;
        page.text_that(".problems", |text| text.contains("shwn")).await?;
        assert_eq!(text(page).await?, wrong);
        // To what was typed and to the file again, also after a reload.
        page.press_on("#text-before", ENTER).await?;
        page.becomes("return document.querySelector('#scenario-text').value", typed.clone()).await?;
        page.refresh().await?;
        page.click("#tab-text").await?;
        page.becomes("return document.querySelector('#scenario-text').value", typed).await?;
        page.press_on("#text-before", ENTER).await?;
        page.becomes("return document.querySelector('#scenario-text').value", wrong).await?;
        // To the slip by its line in the list, and away with it; the run comes to where it was left, with its branches.
        page.press_on(".problems button", ENTER).await?;
        page.until("return document.activeElement.id == 'editor'").await?;
        page.action_chain().send_keys("shown").perform().await?;
        page.until("return !document.querySelector('.problems li')").await?;
        let chain = page.action_chain().key_down(Key::Control).key_down(Key::Enter).key_up(Key::Enter);
        chain.key_up(Key::Control).perform().await?;
        page.text_that("#ordinal", |text| text == at.to_string()).await?;
        page.digest_is(&digest).await?;
        page.becomes("return document.querySelectorAll('.branch').length", 2).await
    });
}

/// Leaves another branch behind and saves the run by what `save` does: the file's text.
async fn save_branches(page: &Page, save: impl AsyncFnOnce(&Page) -> Result) -> Result<(String, String)> {
    open_past(page, 100).await?;
    page.keys("f").await?;
    page.until("return document.querySelectorAll('.branch').length == 2").await?;
    watch_files(page).await?;
    save(page).await?;
    file_made(page, 1).await
}

#[test]
fn a_saved_run_opens_on_the_same_event_with_all_its_branches() {
    let mut saved = None;
    in_browser(async |page| {
        let (text, name) = save_branches(page, async |page| {
            page.click("#file").await?;
            page.click("#save-run").await
        })
        .await?;
        assert_eq!(name, "leader-crash-7.run.yaml");
        page.text_that("#notice", |text| text.contains(&name)).await?;
        saved = Some((text, page.digest().await?, ordinal(page).await?));
        Ok(())
    });
    let (text, digest, at) = saved.expect("saved");
    in_browser(async |page| {
        page.look(1280, 800, Light::Light).await?;
        page.open("#scenario=first-election").await?;
        page.text_that("#title", |text| text.contains("election")).await?;
        choose(page, &file("run.yaml", text.as_bytes())?).await?;
        page.text_that("#ordinal", |text| text == at.to_string()).await?;
        page.until("return document.querySelectorAll('.branch').length == 2").await?;
        assert_eq!(page.digest().await?, digest);
        Ok(())
    });
}

#[test]
fn files_are_saved_and_chosen_by_keyboard_alone_in_chinese_at_360_px() {
    in_browser(async |page| {
        let (_, name) = save_branches(page, async |page| {
            page.look(360, 740, Light::Dark).await?;
            page.click("#language").await?;
            page.text_that("#play", |_| true).await?;
            page.until("document.querySelector('#file').focus(); return document.activeElement.id == 'file'")
                .await?;
            page.press("\u{e007}").await?;
            page.until("return document.activeElement.id == 'open-a-file'").await?;
            page.press("\u{e015}").await?;
            page.until("return document.activeElement.id == 'save-run'").await?;
            page.press("\u{e007}").await
        })
        .await?;
        assert_eq!(name, "leader-crash-7.run.yaml");
        page.text_that("#notice", |text| text.contains("已交给浏览器")).await?;
        // The find box has them as well.
        page.keys("/").await?;
        page.until("return document.activeElement.closest('dialog')").await?;
        page.js("document.querySelector('#open-file').addEventListener('click', event => { window.asked = true; event.preventDefault() })").await?;
        page.press("打开文件").await?;
        page.until("return document.querySelector('dialog [aria-selected=true], dialog .offer')?.textContent.includes('打开文件')").await?;
        page.press("\u{e007}").await?;
        page.until("return window.asked").await?;
        // Over a heading to the templates.
        page.until("document.querySelector('#file').focus(); return document.activeElement.id == 'file'")
            .await?;
        page.press("\u{e007}").await?;
        page.until("return document.activeElement.id == 'open-a-file'").await?;
        page.press("\u{e015}\u{e015}\u{e015}").await?;
        page.until("return document.activeElement.textContent.includes('新建')").await?;
        page.press("\u{e007}").await?;
        page.text_that("#title", |text| text.contains("新建")).await?;
        page.until("return document.querySelector('#scenario-text')?.value.includes('name: new-')").await?;
        // Nothing is wider than the page.
        page.until("return document.documentElement.scrollWidth <= 360").await
    });
}
