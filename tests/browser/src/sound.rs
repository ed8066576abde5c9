//! Is the page sound as it is shown now? Nothing too wide, cut off or laid over another; all of it in the reader's language; and no
//! serious or critical fault that axe-core can find.

use crate::{Lang, Page, Result};
use serde_json::{Value, json};

/// axe-core's script, which `cargo xtask test` brings and names by the variable AXE.
pub fn axe() -> Result<String> {
    let advice = "run `cargo xtask test --only browser`, or name axe-core's axe.min.js by the variable AXE";
    let file = std::env::var_os("AXE").ok_or(format!("axe-core is not here\n  → {advice}"))?;
    std::fs::read_to_string(&file)
        .map_err(|error| format!("cannot read {}: {error}\n  → {advice}", file.display()).into())
}

impl Page {
    /// What is wrong with the layout and the words now.
    pub async fn unsound(&self, lang: Lang) -> Result<Vec<String>> {
        let script = format!("const lang = {};{}", json!(lang.name()), include_str!("sound.js"));
        Ok(serde_json::from_value(self.js(&script).await?)?)
    }

    /// The serious and critical faults that axe-core finds, each with its place.
    pub async fn inaccessible(&self, axe: &str) -> Result<Vec<String>> {
        if self.js("return typeof axe").await? != json!("object") {
            self.js(axe).await?;
        }
        let found = self
            .js("return axe.run(document, { resultTypes: ['violations'] }).then(found => found.violations\
                 .filter(fault => ['serious', 'critical'].includes(fault.impact))\
                 .flatMap(fault => fault.nodes.map(node => `${fault.id}: ${node.target.join(' ')} ${node.failureSummary}`)))")
            .await?;
        match found {
            Value::Array(_) => Ok(serde_json::from_value(found)?),
            other => Err(format!("axe said {other}").into()),
        }
    }
}
