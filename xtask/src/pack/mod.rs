//! Packs the module of the page as it ships.
//!
//! The module is nine tenths of what a visitor loads, and many static hosts send `application/wasm` as it lies. So it is
//! shipped packed: sorted by what its bytes mean ([`sort`]), and that as xz, together a quarter shorter than the shortest
//! gzip. Browsers unpack gzip by themselves but neither of these, so the page ships with an unpacker
//! ([`tools::unpacker`](crate::tools::unpacker) and `web/unpack.js`, 10 KB). What trunk builds by itself is not packed;
//! `web/boot.js` tells the two apart by their first byte.

mod sort;

use crate::failure::{Failure, Outcome};
use lzma_rust2::{CheckType, XzOptions, XzWriter};
use std::{
    fs,
    io::{self, Write},
    path::Path,
};

/// How every xz stream begins (The .xz File Format 1.2.1, section 2.1.1.1); a module begins with a zero.
const XZ: u8 = 0xfd;
/// What comes before the unpacker of xz and after it: it is written for modules of another kind, which say `module.exports`.
const AROUND: [&str; 2] = [
    "const module = { exports: {} }, exports = module.exports, require = () => globalThis;\n",
    "\nconst { XzReadableStream } = module.exports;\n",
];
/// The page's first element that names a file of the page's own code.
const CODE: &str = r#"<link rel="modulepreload""#;

/// Packs every module in a folder; one that is packed already stays as it is.
pub fn modules(dist: &Path) -> Outcome {
    let failed = |error| Failure::new(format!("cannot pack the module in {}: {error}", dist.display()));
    for entry in fs::read_dir(dist).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|ending| ending == "wasm") {
            let module = fs::read(&path).map_err(failed)?;
            if module.first() != Some(&XZ) {
                fs::write(&path, packed(&module).map_err(failed)?).map_err(failed)?;
            }
        }
    }
    Ok(())
}

fn packed(module: &[u8]) -> io::Result<Vec<u8>> {
    let text = sort::sorted(module).map_err(io::Error::other)?;
    let mut options = XzOptions::with_preset(9);
    options.set_check_sum_type(CheckType::Crc32);
    // Code is a text of bytes: what comes next hangs on the byte before, and not on where in a word it stands.
    (options.lzma_options.lc, options.lzma_options.lp, options.lzma_options.pb) = (2, 0, 0);
    options.lzma_options.nice_len = 273; // the longest there is: slower, and shorter by a few KB
    options.lzma_options.depth_limit = 1000;
    options.lzma_options.dict_size = 4 << 20; // more than the module; the unpacker needs as much memory
    let mut xz = XzWriter::new(Vec::new(), options)?;
    xz.write_all(&text)?;
    xz.finish()
}

/// Puts the unpacker into the page in `dist`, beside the page's own code: what unpacks `xz`, and what unpacks `ours`.
pub fn add_unpacker(dist: &Path, xz: &str, ours: &str) -> Outcome {
    let failed = |error| Failure::new(format!("cannot add the unpacker to {}: {error}", dist.display()));
    let text = [AROUND[0], xz, AROUND[1], ours].concat();
    let mut sum = flate2::Crc::new();
    sum.update(text.as_bytes());
    let name = format!("unpack-{:08x}.js", sum.sum());
    let index = dist.join("index.html");
    let page = fs::read_to_string(&index).map_err(failed)?;
    let link = format!(r#"<link rel="modulepreload" id="muster-unpacker" href="./{name}">{CODE}"#);
    let linked = page.replacen(CODE, &link, 1);
    if linked == page {
        return Err(Failure::new(format!("{} has no {CODE:?}", index.display())));
    }
    fs::write(dist.join(name), text).map_err(failed)?;
    fs::write(index, linked).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run;
    use std::{io::Read, path::PathBuf};

    fn folder(name: &str) -> PathBuf {
        let dist = run::target().join(format!("pack-test-{name}-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        dist
    }

    #[test]
    fn a_module_is_packed_once_and_nothing_else_is() {
        let dist = folder("module");
        let (module, style) = (dist.join("x_bg.wasm"), dist.join("x.css"));
        let code = [10, 4, 1, 2, 0, 0x0b];
        let bytes = [b"\0asm\x01\0\0\0".as_slice(), &code, &[7; 5000]].concat();
        fs::write(&module, &bytes).unwrap();
        fs::write(&style, "a {}").unwrap();

        modules(&dist).unwrap();
        let once = fs::read(&module).unwrap();
        assert!(once.len() < 200, "{} bytes", once.len());
        modules(&dist).unwrap();
        assert_eq!(once, fs::read(&module).unwrap(), "packed again");
        assert_eq!(fs::read(&style).unwrap(), b"a {}", "only modules are packed");

        let mut back = Vec::new();
        lzma_rust2::XzReader::new(once.as_slice(), true).read_to_end(&mut back).unwrap();
        assert_eq!(back, sort::sorted(&bytes).unwrap(), "tests/wasm puts it together again");
        fs::remove_dir_all(&dist).unwrap();
    }

    #[test]
    fn the_page_names_the_unpacker_by_its_text() {
        let dist = folder("unpacker");
        let index = dist.join("index.html");
        fs::write(&index, format!("<head>{CODE} id=\"muster-glue\"></head>")).unwrap();
        add_unpacker(&dist, "module.exports.XzReadableStream = 1;", "export const x = 2;").unwrap();
        let page = fs::read_to_string(&index).unwrap();
        let name = page.split("href=\"./").nth(1).unwrap().split('"').next().unwrap();
        assert!(fs::read_to_string(dist.join(name)).unwrap().ends_with("export const x = 2;"));
        fs::write(&index, "<head></head>").unwrap();
        assert!(add_unpacker(&dist, "", "").is_err(), "no place for it");
        fs::remove_dir_all(&dist).unwrap();
    }
}
