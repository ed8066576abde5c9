//! axe-core finds no serious or critical fault in any view, light, dark and for a projector.

mod common;

use common::{ESCAPE, open, pause, tab};
use muster_browser_tests::{Light, Page, Result, in_browser};
use serde_json::Value;

/// axe-core's script, which `cargo xtask test` brings and names by the variable AXE.
fn script() -> Result<String> {
    let advice = "run `cargo xtask test --only browser`, or name axe-core's axe.min.js by the variable AXE";
    let file = std::env::var_os("AXE").ok_or(format!("axe-core is not here\n  → {advice}"))?;
    std::fs::read_to_string(&file)
        .map_err(|error| format!("cannot read {}: {error}\n  → {advice}", file.display()).into())
}

/// The serious and critical faults of what is shown, each with its place.
async fn faults(page: &Page, view: &str) -> Result<Vec<String>> {
    let found = page
        .js("return axe.run(document, { resultTypes: ['violations'] }).then(found => found.violations\
             .filter(fault => ['serious', 'critical'].includes(fault.impact))\
             .flatMap(fault => fault.nodes.map(node => `${fault.id}: ${node.target.join(' ')} ${node.failureSummary}`)))")
        .await?;
    let Value::Array(found) = found else { return Err(format!("axe said {found}").into()) };
    Ok(found.iter().map(|fault| format!("{view}: {}", fault.as_str().unwrap_or_default())).collect())
}

#[test]
fn no_view_has_a_serious_fault() {
    in_browser(async |page| {
        let script = script()?;
        let mut all = Vec::new();
        open(page).await?;
        pause(page).await?;
        page.js(&script).await?;
        for (light, width) in [(Light::Light, 1280), (Light::Dark, 1280), (Light::Light, 360)] {
            page.look(width, 800, light).await?;
            let view = |name: &str| format!("{name} {width} {}", light.name());
            for name in ["logs", "events", "commands", "checks", "text", "timeline"] {
                tab(page, name).await?;
                all.extend(faults(page, &view(name)).await?);
            }
            page.keys("2").await?;
            page.element("#who").await?;
            all.extend(faults(page, &view("inspector")).await?);
            page.keys("w").await?;
            page.element(".reasons").await?;
            all.extend(faults(page, &view("why")).await?);
            for (keys, shown) in [("?", "dialog"), ("/", "#find"), ("b", "#condition-said")] {
                page.keys(keys).await?;
                page.element(shown).await?;
                all.extend(faults(page, &view(shown)).await?);
                page.press(ESCAPE).await?;
                page.gone(shown).await?;
            }
            page.click("#share").await?;
            page.element("#link").await?;
            all.extend(faults(page, &view("share")).await?);
            page.press(ESCAPE).await?;
            page.gone("#link").await?;
        }
        assert!(all.is_empty(), "{} faults:\n{}", all.len(), all.join("\n"));
        Ok(())
    });
}
