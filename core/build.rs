//! Lists the files under `scenarios/`, by name and number, for the library that the core carries along.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// A name with its numbers at one width, so that the tenth comes after the ninth.
fn counted(name: &str) -> String {
    let mut key = String::new();
    let mut rest = name;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(at);
        let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        key.push_str(before);
        key.push_str(&format!("{:0>12}", &number[..end]));
        rest = &number[end..];
    }
    key + rest
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../scenarios").canonicalize()?;
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> =
        fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    files.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    files.sort_by_key(|path| counted(&path.to_string_lossy()));
    let mut list = String::from("&[\n");
    for path in &files {
        println!("cargo:rerun-if-changed={}", path.display());
        let name =
            path.file_stem().and_then(|stem| stem.to_str()).ok_or("a scenario's file name is not UTF-8")?;
        writeln!(list, "    ({name:?}, include_str!({:?})),", path.display().to_string())?;
    }
    list.push_str("]\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("library.rs"), list)?;
    Ok(())
}
