//! From what a file says of a lesson to a lesson: every name known, every text short enough, every problem with its place.

use super::markup::{Bit, Marked, Slip, bits};
use super::model::{LessonStep, LessonWho, Prediction as Question};
use super::{Answer, Claim, Deed, MOST_ANSWERS, MOST_STEPS, MOST_SUGGESTED, Prediction, Step};
use crate::process::{Arg, Phrase, few};
use crate::scenario::names::Names;
use crate::scenario::{Select, Target};
use crate::text::{At, Bilingual, NodeId, clipped};
use crate::words::scenario::ScenarioKey as K;
use std::sync::Arc;

/// Longest title, label, answer and goal, in characters.
const LINE: usize = 120;
/// Longest text of other kinds, in characters.
const TEXT: usize = 800;

/// Reads a lesson's steps.
pub(in crate::scenario) fn read(names: &mut Names<'_>, steps: &[At<LessonStep>]) -> Vec<Step> {
    let mut reader = Reader { names };
    if let Some(step) = steps.get(MOST_STEPS) {
        reader.too_many(step.node, "lesson", steps.len(), MOST_STEPS);
        return Vec::new();
    }
    let mut ids = few::Set::default();
    let read = |(at, step): (usize, &At<LessonStep>)| {
        let path = format!("lesson[{at}]");
        reader.names.called(&step.id, &format!("{path}.id"));
        if !ids.insert(step.id.value.clone()) {
            let phrase = Phrase::new(K::IdTaken, [clipped(&step.id)]);
            reader.names.wrong_at(step.id.node, &format!("{path}.id"), phrase);
        }
        // Nothing would end it, and nothing would say which prediction came true.
        if step.until.is_none() && (at + 1 < steps.len() || step.predict.is_some()) {
            reader.names.wrong_at(step.node, &path, Phrase::bare(K::StepWaitsForNothing));
        }
        reader.step(step, &path)
    };
    steps.iter().enumerate().map(read).collect()
}

struct Reader<'n, 'a> {
    names: &'n mut Names<'a>,
}

impl Reader<'_, '_> {
    fn step(&mut self, step: &LessonStep, path: &str) -> Step {
        let marked = |reader: &mut Self, text: &Option<At<Bilingual>>, field: &str, most| {
            text.as_ref().map(|text| reader.marked(text, &format!("{path}.{field}"), most))
        };
        let (goal, hint) = (marked(self, &step.goal, "goal", LINE), marked(self, &step.hint, "hint", TEXT));
        if let Some(until) = &step.until {
            self.names.statement(until, &format!("{path}.until"));
        }
        for (field, many) in [("do", step.deeds.len()), ("then", step.then.len())] {
            if many > MOST_SUGGESTED {
                self.too_many(step.id.node, &format!("{path}.{field}"), many, MOST_SUGGESTED);
            }
        }
        let deeds = step.deeds.iter().take(MOST_SUGGESTED).enumerate().map(|(at, deed)| {
            let path = format!("{path}.do[{at}]");
            let label = self.line(&deed.label, &format!("{path}.label"));
            let path = format!("{path}.command");
            let commands = &deed.command.0;
            if commands.is_empty() || commands.len() > MOST_SUGGESTED {
                self.number(deed.label.node, &path, commands.len());
            }
            commands.iter().take(MOST_SUGGESTED).for_each(|command| self.names.carried_out(command, &path));
            Deed { label, commands: commands.iter().map(|command| command.value.clone()).collect() }
        });
        let deeds = deeds.collect();
        Step {
            id: step.id.value.clone(),
            title: self.line(&step.title, &format!("{path}.title")),
            text: self.marked(&step.text, &format!("{path}.text"), TEXT),
            predict: step.predict.as_ref().map(|asked| self.prediction(asked, &format!("{path}.predict"))),
            until: step.until.as_ref().map(|until| until.value.clone()),
            goal,
            hint,
            deeds,
            pause: step.pause,
            speed: step.speed,
            then: step.then.iter().take(MOST_SUGGESTED).map(|name| name.value.clone()).collect(),
        }
    }

    fn prediction(&mut self, asked: &At<Question>, path: &str) -> Prediction {
        let among = asked.who.as_ref().map_or(0, |who| who.among.len());
        let many = asked.answers.len().max(among);
        if asked.who.is_some() != asked.answers.is_empty() || many < 2 {
            self.names.wrong_at(asked.node, path, Phrase::bare(K::AnswersOrWho));
        }
        if many > MOST_ANSWERS {
            self.too_many(asked.node, path, many, MOST_ANSWERS);
        }
        let mut answers = Vec::new();
        for (at, answer) in asked.answers.iter().take(MOST_ANSWERS).enumerate() {
            self.names.statement(&answer.holds, &format!("{path}.answers[{at}].holds"));
            let text = self.line(&answer.text, &format!("{path}.answers[{at}].text"));
            answers.push(Answer { text, claim: Claim::Holds(answer.holds.value.clone()) });
        }
        if let Some(who) = &asked.who {
            answers.extend(self.members(who, &format!("{path}.who")));
        }
        Prediction {
            ask: self.marked(&asked.ask, &format!("{path}.ask"), TEXT),
            answers,
            reveal: self.marked(&asked.reveal, &format!("{path}.reveal"), TEXT),
        }
    }

    fn members(&mut self, who: &LessonWho, path: &str) -> Vec<Answer> {
        let select = Select { select: who.select.value.clone(), of: who.of.clone() };
        let target = Target::select(&select.select, select.of.as_deref());
        self.names.targeted(&target, who.select.node, &format!("{path}.select"));
        let named = |(at, name): (usize, &At<Arc<str>>)| {
            let path = format!("{path}.among[{at}]");
            self.names.targeted(&Target::name(name), name.node, &path);
            let text = Bilingual { en: name.value.clone(), zh: name.value.clone() };
            Answer { text, claim: Claim::Selected(select.clone(), name.value.clone()) }
        };
        who.among.iter().take(MOST_ANSWERS).enumerate().map(named).collect()
    }

    /// A text without marks.
    fn line(&mut self, text: &At<Bilingual>, path: &str) -> Bilingual {
        self.short(text, path, LINE);
        text.value.clone()
    }

    fn marked(&mut self, text: &At<Bilingual>, path: &str, most: usize) -> Marked {
        if !self.short(text, path, most) {
            return Marked::default();
        }
        let mut bits = |words: &Arc<str>, lang: &str| self.bits(words, text.node, path, lang);
        Marked { en: bits(&text.en, "en"), zh: bits(&text.zh, "zh") }
    }

    fn bits(&mut self, words: &str, node: NodeId, path: &str, lang: &str) -> Vec<Bit> {
        let (node, path) = (self.names.inside(node, lang), format!("{path}.{lang}"));
        let found = match bits(words) {
            Ok(found) => found,
            Err(slip) => {
                let phrase = match slip {
                    Slip::Open(sign) => Phrase::new(K::MarkOpen, [Arg::Name(sign.into())]),
                    Slip::NoNumber(inside) => Phrase::new(K::MarkNoNumber, [clipped(inside)]),
                };
                self.names.wrong_at(node, &path, phrase);
                return Vec::new();
            }
        };
        for bit in &found {
            if let Bit::Name(name) = bit {
                self.names.targeted(&Target::name(name), node, &path);
            }
        }
        found
    }

    fn short(&mut self, text: &At<Bilingual>, path: &str, most: usize) -> bool {
        let long = |words: &str| words.len() > most && words.chars().count() > most;
        for (words, lang) in [(&text.en, "en"), (&text.zh, "zh")] {
            if long(words) {
                let node = self.names.inside(text.node, lang);
                let args = [Arg::Number(words.chars().count() as u64), Arg::Number(most as u64)];
                self.names.wrong_at(node, &format!("{path}.{lang}"), Phrase::new(K::LongText, args));
                return false;
            }
        }
        true
    }

    fn number(&mut self, node: NodeId, path: &str, many: usize) {
        if many == 0 {
            self.names.wrong_at(node, path, Phrase::new(K::TooFew, [Arg::Number(0), Arg::Number(1)]));
        } else {
            self.too_many(node, path, many, MOST_SUGGESTED);
        }
    }

    fn too_many(&mut self, node: NodeId, path: &str, many: usize, most: usize) {
        let args = [Arg::Number(many as u64), Arg::Number(most as u64)];
        self.names.wrong_at(node, path, Phrase::new(K::TooMany, args));
    }
}
