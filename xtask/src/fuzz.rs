//! `cargo xtask fuzz`: AFL++ on everything that takes text from outside, on the stable toolchain. The corpus is kept in
//! `fuzz/corpus`; what the fuzzer learnt goes back into it, made small.

use crate::{
    failure::{Failure, Outcome},
    run::{self, say},
    tools::Tools,
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The targets: a program of `fuzz/` each, with its corpus.
const TARGETS: &[&str] = &["scenario", "line", "link", "complete"];

/// `cargo xtask fuzz`
pub fn fuzz(mut args: lexopt::Parser) -> Outcome {
    use lexopt::{Arg::Long, ValueExt};
    let mut minutes = 5.0;
    let mut only: Option<String> = None;
    while let Some(arg) = args.next().map_err(Failure::usage)? {
        match arg {
            Long("minutes") => minutes = args.value().and_then(|v| v.parse()).map_err(Failure::usage)?,
            Long("only") => only = Some(args.value().and_then(|v| v.string()).map_err(Failure::usage)?),
            other => return Err(Failure::usage(other.unexpected())),
        }
    }
    let tools = Tools::for_fuzzing()?;
    let target_dir = run::target().join("fuzz");
    let cargo = || {
        let mut cargo = tools.command("cargo");
        cargo.env("CARGO_TARGET_DIR", &target_dir);
        cargo
    };
    say("Building the fuzz targets");
    run::run(cargo().args(["afl", "build", "--release", "--manifest-path", "fuzz/Cargo.toml"]))?;
    let mut findings = Vec::new();
    for target in TARGETS.iter().filter(|target| only.as_deref().is_none_or(|only| only == **target)) {
        say(&format!("Fuzzing {target} for {minutes} minutes"));
        let found = fuzz_one(target, minutes, &target_dir, &cargo)?;
        println!("{target}: {} executions, {} findings", found.executions, found.crashes.len());
        findings.extend(found.crashes);
    }
    if findings.is_empty() {
        return Ok(());
    }
    let listed = findings.iter().map(|file| file.display().to_string()).collect::<Vec<_>>().join("\n    ");
    Err(Failure::new(format!("the fuzzer found inputs that break a target:\n    {listed}"))
        .advise("give such a file to the target on standard input to see what it says"))
}

struct Found {
    executions: String,
    crashes: Vec<PathBuf>,
}

fn fuzz_one(target: &str, minutes: f64, target_dir: &Path, cargo: &dyn Fn() -> Command) -> Outcome<Found> {
    let corpus = run::root().join("fuzz/corpus").join(target);
    let program = target_dir.join("release").join(target);
    let out = target_dir.join("out").join(target);
    if out.exists() {
        fs::remove_dir_all(&out)
            .map_err(|error| Failure::new(format!("cannot clear {}: {error}", out.display())))?;
    }
    // AFL++ makes the last folder of the way, not those before it.
    fs::create_dir_all(target_dir.join("out"))
        .map_err(|error| Failure::new(format!("cannot make {}: {error}", target_dir.display())))?;
    let mut fuzz = cargo();
    fuzz.args(["afl", "fuzz", "-V", &format!("{}", (minutes * 60.0).round()), "-i"]).arg(&corpus);
    fuzz.arg("-o").arg(&out).args(["-G", "16384", "--"]).arg(&program);
    // No display of its own, no questions about the machine's settings.
    for name in ["AFL_NO_UI", "AFL_SKIP_CPUFREQ", "AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES", "AFL_NO_AFFINITY"]
    {
        fuzz.env(name, "1");
    }
    run::run(fuzz.stdout(std::process::Stdio::null()))?;
    let learnt = out.join("default");
    let mut crashes = files(&learnt.join("crashes"));
    crashes.extend(files(&learnt.join("hangs")));
    crashes.retain(|file| file.file_name().is_some_and(|name| name != "README.txt"));
    keep(&learnt.join("queue"), &corpus, &program, target_dir, cargo)?;
    let stats = fs::read_to_string(learnt.join("fuzzer_stats")).unwrap_or_default();
    let executions = stats
        .lines()
        .find_map(|line| line.strip_prefix("execs_done"))
        .map_or_else(|| "?".to_owned(), |rest| rest.trim_start_matches([' ', ':']).to_owned());
    Ok(Found { executions, crashes })
}

/// What reaches code that nothing before it reached goes into the corpus, under a name made from what it says.
fn keep(
    queue: &Path,
    corpus: &Path,
    program: &Path,
    target_dir: &Path,
    cargo: &dyn Fn() -> Command,
) -> Outcome {
    let small = target_dir.join("cmin");
    fs::remove_dir_all(&small).ok(); // cmin wants an empty folder
    let mut cmin = cargo();
    cmin.args(["afl", "cmin", "-i"]).arg(queue).arg("-o").arg(&small).arg("--").arg(program);
    cmin.env("AFL_ALLOW_TMP", "1").stdout(std::process::Stdio::null());
    run::run(&mut cmin)?;
    for file in
        files(&small).into_iter().filter(|file| fs::metadata(file).is_ok_and(|meta| meta.len() <= 4096))
    {
        let bytes = fs::read(&file)
            .map_err(|error| Failure::new(format!("cannot read {}: {error}", file.display())))?;
        let name = bytes.iter().fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let kept = corpus.join(format!("{name:016x}"));
        fs::write(&kept, bytes)
            .map_err(|error| Failure::new(format!("cannot write {}: {error}", kept.display())))?;
    }
    Ok(())
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}
