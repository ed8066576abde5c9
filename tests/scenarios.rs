//! Every file under `scenarios/` runs as it says it must.

use muster_core::scenario::{Run, Scenario, Step};
use muster_core::systems;
use muster_words::{Lang, NoNames};
use std::path::Path;
use std::sync::Arc;

fn text(phrase: &muster_core::process::Phrase) -> String {
    muster_words::text(phrase, &NoNames, Lang::En)
}

#[test]
fn every_scenario_comes_out_as_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut wrong = Vec::new();
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("scenarios").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    for path in files {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).expect("a file");
        let scenario = match Scenario::read(&bytes, systems::all()) {
            Ok(scenario) => Arc::new(scenario),
            Err(problems) => {
                for problem in problems {
                    let near = problem.nearest.map_or(String::new(), |near| format!(" Nearest: {near}."));
                    let place = format!("{name}.yaml:{}:{}", problem.line, problem.column);
                    wrong.push(format!("{place}: {}: {}{near}", problem.path, text(&problem.phrase)));
                }
                continue;
            }
        };
        if *scenario.name != *name {
            wrong.push(format!("{name}: calls itself {}", scenario.name));
        }
        if scenario.expectations.is_empty() {
            wrong.push(format!("{name}: expects nothing"));
        }
        for warning in &scenario.warnings {
            wrong.push(format!("{name}: {}", text(&warning.phrase)));
        }
        // Of a comparison, every side.
        for side in scenario.sides.iter() {
            wrong.extend(run(&format!("{name} {}", side.name), side.scenario.clone()));
        }
        if scenario.sides.is_empty() {
            wrong.extend(run(&name, scenario));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn run(name: &str, scenario: Arc<Scenario>) -> Vec<String> {
    let mut run = Run::new(scenario);
    let mut wrong = Vec::new();
    loop {
        match run.step(&mut []) {
            Step::Event => {}
            Step::Violation(broken) => {
                let phrase = text(&broken.violation.phrase);
                wrong.push(format!("{name}: {} broke at {:?}: {phrase}", broken.name, broken.place.at));
            }
            Step::End => break,
            other => {
                wrong.push(format!("{name}: ended with {other:?}"));
                break;
            }
        }
    }
    for remark in run.remarks() {
        wrong.push(format!("{name}: {:?} line {}: {}", remark.place.at, remark.moment, text(&remark.phrase)));
    }
    for standing in run.verdict().expectations {
        if let muster_core::scenario::Outcome::Broken(phrase) = &standing.outcome {
            wrong.push(format!("{name}:{}: {}", standing.line, text(phrase)));
        } else if standing.outcome == muster_core::scenario::Outcome::Open {
            wrong.push(format!("{name}:{}: {} was never decided", standing.line, standing.text));
        }
    }
    println!("{name}: {} events, digest {:032x}", run.world().ordinal(), run.digest());
    wrong
}
