//! Files: opened through the browser's field, dropped, saved, and refused with a reason. What is refused changes nothing.

mod common;

use common::{open, ordinal, pause};
use muster_browser_tests::{Light, Page, Result, in_browser};
use serde_json::json;
use std::path::{Path, PathBuf};

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

/// From now on the page's files can be read: their texts and names.
async fn watch_files(page: &Page) -> Result {
    page.js(
        "window.kept = []; const make = URL.createObjectURL;\
         URL.createObjectURL = blob => { blob.text().then(text => window.kept.push(text)); return make.call(URL, blob) };\
         const click = HTMLAnchorElement.prototype.click;\
         HTMLAnchorElement.prototype.click = function() { window.named = this.download; click.call(this) }",
    )
    .await?;
    Ok(())
}

/// The file that the page made last, once there are so many, and its name.
async fn kept(page: &Page, count: usize) -> Result<(String, String)> {
    page.until(&format!("return window.kept.length == {count}")).await?;
    let text = page.js("return window.kept.at(-1)").await?;
    let name = page.js("return window.named").await?;
    Ok((text.as_str().unwrap_or_default().into(), name.as_str().unwrap_or_default().into()))
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
            let typed = page
                .js("return document.querySelector('#scenario-text').value.includes('members: 7')")
                .await?;
            assert_eq!(typed, true, "{name}: what was typed stays");
        }
        drag(page, &[("one.yaml", MINE.as_bytes()), ("two.yaml", MINE.as_bytes())], true).await?;
        let said = refusal(page, "one.yaml").await?;
        assert!(said.contains("One file at a time"), "{said}");
        assert_eq!(page.text("#title").await?, title);
        Ok(())
    });
}

/// Leaves another branch behind and saves the run by what `save` does: the file's text.
async fn save_branches(page: &Page, save: impl AsyncFnOnce(&Page) -> Result) -> Result<(String, String)> {
    open(page).await?;
    page.text_that("#ordinal", |text| text.parse().is_ok_and(|now: u64| now > 100)).await?;
    pause(page).await?;
    page.keys("f").await?;
    page.until("return document.querySelectorAll('.branch').length == 2").await?;
    watch_files(page).await?;
    save(page).await?;
    kept(page, 1).await
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
