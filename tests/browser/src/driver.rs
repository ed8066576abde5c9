//! chromedriver: a process of our own on a free port, which ends with us.

use std::{
    ffi::{OsStr, OsString},
    io::{BufRead, BufReader, Error, ErrorKind, Result},
    os::unix::process::CommandExt,
    process::{Child, Command, Stdio},
};

/// So often it is started before it is said not to start.
const ATTEMPTS: u32 = 5;

/// Starts chromedriver with a folder of its own for what it and its browsers put aside, and ends all three when nothing more can come
/// from us: browsers that are kept for the next test are not dropped where a program ends. A driver that is ended leaves its browsers
/// running: all that is in the shell's own group of processes is ended, but for the shell.
const UNTIL_LEFT: &str = "\
    TMPDIR=$(mktemp -d); export TMPDIR
    \"$0\" --port=0 & driver=$!
    exec > /dev/null # its output ends with it
    cat
    trap '' TERM; kill -TERM 0; wait $driver
    # A browser may still write while it ends.
    for again in 1 2 3 4 5 6 7 8 9; do rm -rf \"$TMPDIR\" 2> /dev/null; sleep 1; [ -e \"$TMPDIR\" ] || break; done";

/// A running chromedriver. It is stopped when this is dropped, or with the tests' process.
#[derive(Debug)]
pub(crate) struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts chromedriver: what CHROMEDRIVER names, or the one on PATH.
    ///
    /// The port that it finds free may be another program's a moment later, and then it ends: another attempt finds another.
    pub(crate) fn start() -> Result<Self> {
        (1..ATTEMPTS).find_map(|_| Self::attempt().ok()).map_or_else(Self::attempt, Ok)
    }

    fn attempt() -> Result<Self> {
        let program = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| OsString::from("chromedriver"));
        let mut process = Command::new("sh")
            .args([OsStr::new("-c"), OsStr::new(UNTIL_LEFT), &program]) // any free port; it prints which
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0) // what ends the tests by a key ends our input alone
            .spawn()
            .map_err(|error| missing(&format!("{} could not be started: {error}", program.display())))?;
        let output = process.stdout.take().ok_or_else(|| Error::other("chromedriver has no output"))?;
        let mut lines = BufReader::new(output).lines();
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| port(&line));
        // Read on, so that it never waits for us to.
        std::thread::spawn(move || lines.for_each(drop));
        let mut driver = Self { process, port: 0 };
        driver.port = port.ok_or_else(|| {
            let status = driver.process.wait();
            missing(&format!("{} named no port and ended: {status:?}", program.display()))
        })?;
        Ok(driver)
    }

    /// Its address.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        self.process.wait().ok();
    }
}

/// The port in "ChromeDriver was started successfully on port 39217."
fn port(line: &str) -> Option<u16> {
    line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok()
}

fn missing(what: &str) -> Error {
    let advice = "install Chromium and its driver (Debian: apt-get install chromium chromium-driver), \
                  or name the driver by the variable CHROMEDRIVER";
    Error::new(ErrorKind::NotFound, format!("{what}\n  → {advice}"))
}
