//! Packs the module of the page as it ships.
//!
//! The module is nine tenths of what a visitor loads, and many static hosts send `application/wasm` as it lies: 1.4 MB
//! instead of 0.53. So it is shipped packed, and `web/boot.js` unpacks it while it comes. The packer looks longer for a
//! shorter text than a host that packs for every visitor can afford to. What trunk builds by itself is not packed;
//! `boot.js` tells the two apart by their first byte.

use crate::failure::{Failure, Outcome};
use std::{fs, path::Path};

/// How every gzip stream begins (RFC 1952, section 2.3.1); a module begins with a zero.
const GZIP: u8 = 0x1f;

/// Packs every module in a folder; one that is packed already stays as it is.
pub fn modules(dist: &Path) -> Outcome {
    let failed = |error| Failure::new(format!("cannot pack the module in {}: {error}", dist.display()));
    for entry in fs::read_dir(dist).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|ending| ending == "wasm") {
            let module = fs::read(&path).map_err(failed)?;
            if module.first() != Some(&GZIP) {
                fs::write(&path, packed(&module).map_err(failed)?).map_err(failed)?;
            }
        }
    }
    Ok(())
}

fn packed(module: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut text = Vec::new();
    zopfli::compress(zopfli::Options::default(), zopfli::Format::Gzip, module, &mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn a_module_is_packed_once_and_comes_back_whole() {
        let dist = std::env::temp_dir().join(format!("muster-pack-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        let (module, style) = (dist.join("x_bg.wasm"), dist.join("x.css"));
        let bytes = [b"\0asm\x01\0\0\0".as_slice(), &[7; 5000]].concat();
        fs::write(&module, &bytes).unwrap();
        fs::write(&style, "a {}").unwrap();

        modules(&dist).unwrap();
        let once = fs::read(&module).unwrap();
        assert!(once.len() < 200, "{} bytes", once.len());
        modules(&dist).unwrap();
        assert_eq!(once, fs::read(&module).unwrap(), "packed again");
        assert_eq!(fs::read(&style).unwrap(), b"a {}", "only modules are packed");

        let mut back = Vec::new();
        flate2::read::GzDecoder::new(once.as_slice()).read_to_end(&mut back).unwrap();
        assert_eq!(back, bytes);
        fs::remove_dir_all(&dist).unwrap();
    }
}
