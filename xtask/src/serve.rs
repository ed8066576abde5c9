//! `cargo xtask serve`: builds the page, serves it, and prints where it is.
//!
//! trunk does the work and takes this process's place, so that stopping the one stops the other. A second process, the
//! announcer, waits until the page answers and says so.

use crate::{
    failure::{Failure, Outcome},
    page,
    run::{self, say},
    tools::Tools,
};
use std::{
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    time::Duration,
};

const FIRST_PORT: u16 = 8080;
const PORTS_TRIED: u16 = 100;
/// What the built page contains, and no report of a failed build does (Trunk.toml, `pattern_script`).
const PAGE_MARK: &str = "muster-module";

/// What `serve` was asked.
#[derive(Debug, Default, PartialEq)]
pub struct Options {
    port: Option<u16>,
    release: bool,
    open: bool,
    announce: Option<u16>,
}

impl Options {
    /// Reads the command line after `serve`.
    pub fn parse(mut args: lexopt::Parser) -> Outcome<Self> {
        use lexopt::{Arg::Long, ValueExt};
        let mut options = Self::default();
        while let Some(arg) = args.next().map_err(Failure::usage)? {
            match arg {
                Long("port") => {
                    let port = args.value().and_then(|value| value.parse()).map_err(Failure::usage)?;
                    options.port = Some(port);
                }
                Long("release") => options.release = true,
                Long("open") => options.open = true,
                Long("announce") => {
                    let port = args.value().and_then(|value| value.parse()).map_err(Failure::usage)?;
                    options.announce = Some(port);
                }
                other => return Err(Failure::usage(other.unexpected())),
            }
        }
        Ok(options)
    }
}

/// Serves the page until it is stopped.
pub fn serve(options: &Options) -> Outcome {
    if let Some(port) = options.announce {
        announce(port);
        return Ok(());
    }
    let tools = Tools::for_page(options.release)?;
    let port = match options.port {
        Some(port) if is_free(port) => port,
        Some(port) => {
            return Err(Failure::new(format!("port {port} is taken"))
                .advise("choose another, or leave out --port and the next free one is taken"));
        }
        None => (FIRST_PORT..FIRST_PORT + PORTS_TRIED).find(|port| is_free(*port)).ok_or_else(|| {
            Failure::new(format!("no port from {FIRST_PORT} to {} is free", FIRST_PORT + PORTS_TRIED - 1))
                .advise("name one: cargo xtask serve --port N")
        })?,
    };
    say(&format!("Building the page; it will be at http://127.0.0.1:{port}/"));
    let mut trunk = page::trunk(&tools);
    trunk.args(["serve", "--address", "127.0.0.1", "--port", &port.to_string(), "--dist"]);
    // Its own folder: a release build for tests or sizes in dist/ does not replace the page being looked at.
    let dist = run::target().join("serve");
    // Emptied first: a page of yesterday must not stand for one that does not build today.
    std::fs::remove_dir_all(&dist).ok();
    std::fs::create_dir_all(&dist)
        .map_err(|error| Failure::new(format!("cannot make {}: {error}", dist.display())))?;
    trunk.arg(dist);
    if options.release {
        trunk.arg("--release");
    }
    if options.open {
        trunk.arg("--open");
    }
    let me = std::env::current_exe().map_err(|error| Failure::new(format!("cannot find myself: {error}")))?;
    let announcer = run::command(me).args(["serve", "--announce", &port.to_string()]).spawn();
    announcer.map_err(|error| Failure::new(format!("cannot start a second process: {error}")))?;
    become_it(&mut trunk)
}

#[cfg(unix)]
fn become_it(command: &mut std::process::Command) -> Outcome {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(Failure::new(format!("trunk could not be started: {error}")))
}

#[cfg(not(unix))]
fn become_it(command: &mut std::process::Command) -> Outcome {
    run::run(command)
}

/// Waits until the page is there, or until the server is gone, and says which.
fn announce(port: u16) {
    let server = parent();
    let mut told = false;
    loop {
        std::thread::sleep(Duration::from_millis(200));
        match has_page(port) {
            Ok(true) => {
                println!("\n  Muster is at http://127.0.0.1:{port}/   (Ctrl+C stops it)\n");
                return;
            }
            Ok(false) if !told => {
                told = true;
                let failure = Failure::new("the page did not build");
                eprintln!(
                    "\n{}",
                    failure.advise("mend what the words above name: a saved change builds it again")
                );
            }
            _ if parent() != server => {
                eprintln!("\n{}", Failure::new("the page is not served").advise("the words above say why"));
                return;
            }
            _ => {}
        }
    }
}

#[cfg(unix)]
fn parent() -> u32 {
    std::os::unix::process::parent_id()
}

#[cfg(not(unix))]
fn parent() -> u32 {
    0
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

/// Whether the server has the page, and not the report of a failed build; an error while there is no server.
fn has_page(port: u16) -> std::io::Result<bool> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
    stream.set_read_timeout(Some(Duration::from_secs(2)))?;
    stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.take(1 << 20).read_to_string(&mut answer)?;
    Ok(answer.starts_with("HTTP/1.1 200") && answer.contains(PAGE_MARK))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Outcome<Options> {
        Options::parse(lexopt::Parser::from_args(line.split_whitespace()))
    }

    #[test]
    fn options_are_read() {
        let wanted = Options { port: Some(9000), release: true, ..Options::default() };
        assert_eq!(parse("--port 9000 --release").unwrap(), wanted);
        assert_eq!(parse("--port 99999").unwrap_err().code, 2);
        assert_eq!(parse("--prot 9000").unwrap_err().code, 2);
    }

    #[test]
    fn a_port_in_use_is_not_free() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        assert!(!is_free(taken.local_addr().unwrap().port()));
    }
}
