//! `cargo xtask size`: what a first visit loads.
//!
//! A file counts at its size after `gzip -9`, as a static host sends it. The module is shipped packed (`pack`), which gzip
//! leaves as it is. Files under `dist/lazy/` are loaded when a reader opens what needs them; they are listed and counted
//! apart.

use crate::{
    failure::{Failure, Outcome},
    page,
    tools::Tools,
};
use flate2::{Compression, write::GzEncoder};
use std::{fs, io::Write, path::Path};

/// A first visit's bar, in bytes after gzip.
const BAR: usize = 800 * 1000;
/// The bar of what is loaded later, each file by itself; and that of the module with all systems.
const LATER_BAR: usize = 200 * 1000;
const WHOLE_BAR: usize = 800 * 1000;

/// `cargo xtask size`
pub fn size(mut args: lexopt::Parser) -> Outcome {
    if let Some(arg) = args.next().map_err(Failure::usage)? {
        return Err(Failure::usage(arg.unexpected()));
    }
    let dist = page::dist();
    if dist.exists() {
        fs::remove_dir_all(&dist).map_err(|error| Failure::new(format!("cannot empty dist/: {error}")))?;
    }
    page::build(&Tools::for_page(true)?)?;
    let mut assets = Vec::new();
    list(&dist, &dist, &mut assets)
        .map_err(|error| Failure::new(format!("cannot read {}: {error}", dist.display())))?;
    assets.sort_by_key(|asset| (asset.lazy, std::cmp::Reverse(asset.gzipped)));
    println!("\n{:>10} {:>10}  asset", "bytes", "gzip -9");
    for asset in &assets {
        let later = if asset.lazy { "  (later)" } else { "" };
        println!("{:>10} {:>10}  {}{later}", asset.raw, asset.gzipped, asset.name);
    }
    let first = total(&assets);
    println!("\nA first visit loads {first} bytes gzipped, {} % of its bar of {BAR}.", first * 100 / BAR);
    for asset in assets.iter().filter(|asset| asset.lazy) {
        let bar = if asset.name.starts_with("lazy/whole-") { WHOLE_BAR } else { LATER_BAR };
        if let Some(more) = asset.gzipped.checked_sub(bar).filter(|more| *more > 0) {
            return Err(Failure::new(format!("{} has {more} bytes more than its bar of {bar}", asset.name)));
        }
    }
    if first > BAR {
        return Err(Failure::new(format!("a first visit loads {} bytes more than its bar", first - BAR))
            .advise("see what grew, with the list above"));
    }
    Ok(())
}

struct Asset {
    name: String,
    raw: usize,
    gzipped: usize,
    lazy: bool,
}

fn total(assets: &[Asset]) -> usize {
    assets.iter().filter(|asset| !asset.lazy).map(|asset| asset.gzipped).sum()
}

fn list(dist: &Path, folder: &Path, assets: &mut Vec<Asset>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(dist, &path, assets)?;
            continue;
        }
        let bytes = fs::read(&path)?;
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&bytes)?;
        let inside = path.strip_prefix(dist).unwrap_or(&path);
        assets.push(Asset {
            name: inside.display().to_string(),
            raw: bytes.len(),
            gzipped: gzip.finish()?.len(),
            lazy: inside.starts_with("lazy"),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run;

    #[test]
    fn what_is_loaded_later_counts_apart() {
        let dist = run::target().join(format!("size-test-{}", std::process::id()));
        fs::create_dir_all(dist.join("lazy")).unwrap();
        fs::write(dist.join("index.html"), vec![b'x'; 10_000]).unwrap();
        fs::write(dist.join("lazy/editor.js"), b"later").unwrap();
        let mut assets = Vec::new();
        list(&dist, &dist, &mut assets).unwrap();
        fs::remove_dir_all(&dist).unwrap();
        let index = assets.iter().find(|asset| asset.name == "index.html").unwrap();
        assert!(index.gzipped < 100, "10,000 equal bytes shrink: {}", index.gzipped);
        assert_eq!(total(&assets), index.gzipped);
    }
}
