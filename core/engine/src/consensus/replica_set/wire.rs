//! Messages as the network, the digest and people see them.

use super::message::{Batch, Fetch, Found, Message, Piece, Pulse};
use super::optime::OpTime;
use crate::process::{Arg, Card, Digest, Fold, Payload, Phrase, Shape};
use crate::words::replset::ReplSetKey as K;

const HEADERS: u32 = 60;
const OPTIME: u32 = 16;

impl Payload for Message {
    fn fold(&self, digest: &mut Digest) {
        match self {
            Message::Heartbeat { term, config, sent } => {
                digest.word(0x5201);
                digest.word(*term);
                config.fold(digest);
                sent.fold(digest);
            }
            Message::HeartbeatReply(pulse) => {
                digest.word(0x5202);
                pulse.fold(digest);
            }
            Message::RequestVotes { term, dry_run, config, last } => {
                digest.word(0x5203 | u64::from(*dry_run) << 16);
                digest.word(*term);
                config.fold(digest);
                last.fold(digest);
            }
            Message::Vote { term, asked, dry_run, granted } => {
                digest.word(0x5204 | u64::from(*dry_run) << 16 | u64::from(*granted) << 17);
                digest.word(*term);
                digest.word(*asked);
            }
            Message::StepUp { term } => {
                digest.word(0x5205);
                digest.word(*term);
            }
            Message::Fetch(fetch) => {
                digest.word(0x5206 | u64::from(fetch.more) << 16);
                digest.word(fetch.seq);
                fetch.after.fold(digest);
                digest.word(fetch.term);
                fetch.commit.fold(digest);
            }
            Message::Batch(batch) => {
                digest.word(0x5207);
                batch.fold(digest);
            }
            Message::FindBack { seq, before } => {
                digest.word(0x5208);
                digest.word(*seq);
                digest.word(before.word());
            }
            Message::Back { seq, before, places, end } => {
                digest.word(0x5209 | u64::from(*end) << 16);
                digest.word(*seq);
                digest.word(before.word());
                places[..].fold(digest);
            }
            Message::UpdatePosition { term, config, positions } => {
                digest.word(0x520a);
                digest.word(*term);
                config.fold(digest);
                digest.word(positions.len() as u64);
                for position in positions.iter() {
                    position.member.fold(digest);
                    position.applied.fold(digest);
                    position.durable.fold(digest);
                }
            }
            Message::Clone { .. }
            | Message::Piece(_)
            | Message::Hello { .. }
            | Message::Greeting(_)
            | Message::Request { .. }
            | Message::Response { .. } => fold_rest(self, digest),
        }
    }

    fn size(&self) -> u32 {
        HEADERS
            + match self {
                Message::Heartbeat { .. } => 80,
                Message::HeartbeatReply(pulse) => {
                    160 + pulse.newer.as_ref().map_or(0, |config| config.size())
                }
                Message::RequestVotes { .. } => 64,
                Message::Vote { .. } | Message::StepUp { .. } => 32,
                Message::Fetch(_) => 80,
                Message::Batch(batch) => {
                    100 + batch.entries.iter().map(|entry| entry.size()).fold(0, u32::saturating_add)
                }
                Message::FindBack { .. } => 24,
                Message::Back { places, .. } => 24 + OPTIME * places.len() as u32,
                Message::UpdatePosition { positions, .. } => 40 + 48 * positions.len() as u32,
                Message::Clone { after, .. } => 24 + after.as_ref().map_or(0, |key| key.len() as u32),
                Message::Piece(piece) => {
                    let oplog = piece.before.iter().map(|entry| entry.size());
                    40 + piece.items.iter().map(|item| item.size()).chain(oplog).fold(0, u32::saturating_add)
                }
                Message::Hello { .. } => 16,
                Message::Greeting(greeting) => 120 + 20 * greeting.hosts.len() as u32,
                Message::Request { ask, .. } => ask.size(),
                Message::Response { .. } => 64,
            }
    }

    fn card(&self) -> Card {
        match self {
            Message::Fetch(_)
            | Message::Batch(_)
            | Message::FindBack { .. }
            | Message::Back { .. }
            | Message::UpdatePosition { .. }
            | Message::Clone { .. }
            | Message::Piece(_) => sync_card(self),
            Message::Hello { .. }
            | Message::Greeting(_)
            | Message::Request { .. }
            | Message::Response { .. } => client_card(self),
            _ => election_card(self),
        }
    }
}

/// Initial sync and drivers.
fn fold_rest(message: &Message, digest: &mut Digest) {
    match message {
        Message::Clone { seq, after } => {
            digest.word(0x520b);
            digest.word(*seq);
            after.fold(digest);
        }
        Message::Piece(piece) => {
            digest.word(0x520c);
            piece.fold(digest);
        }
        Message::Hello { seq } => {
            digest.word(0x520d);
            digest.word(*seq);
        }
        Message::Greeting(greeting) => {
            digest.word(0x520e);
            greeting.fold(digest);
        }
        Message::Request { seq, ask } => {
            digest.word(0x520f);
            digest.word(*seq);
            ask.fold(digest);
        }
        Message::Response { seq, reply } => {
            digest.word(0x5210);
            digest.word(*seq);
            reply.fold(digest);
        }
        _ => {}
    }
}

fn card(
    kind: K,
    shape: Shape,
    answer: bool,
    verdict: Option<bool>,
    epoch: Option<u64>,
    label: Phrase,
) -> Card {
    Card { kind: kind.into(), shape, answer, verdict, epoch, carries: None, label }
}

/// Heartbeats and elections.
fn election_card(message: &Message) -> Card {
    match message {
        Message::HeartbeatReply(pulse) => {
            let label =
                Phrase::new(K::CardPulse, [Arg::Name(pulse.state.name().into()), pulse.applied.arg()]);
            card(K::KindPulse, Shape::Circle, true, None, Some(pulse.term), label)
        }
        Message::RequestVotes { term, dry_run, .. } => {
            let (kind, label) = if *dry_run {
                (K::KindDryRun, K::CardDryRun)
            } else {
                (K::KindVoteRequest, K::CardVoteRequest)
            };
            card(kind, Shape::Triangle, false, None, Some(*term), Phrase::new(label, [Arg::Epoch(*term)]))
        }
        Message::Vote { asked, dry_run, granted, .. } => {
            let kind = if *dry_run { K::KindDryRunVote } else { K::KindVote };
            let label = Phrase::new(if *granted { K::CardAye } else { K::CardNay }, [Arg::Epoch(*asked)]);
            card(kind, Shape::Triangle, true, Some(*granted), Some(*asked), label)
        }
        Message::StepUp { term } => {
            card(K::KindStepUp, Shape::Hexagon, false, None, Some(*term), Phrase::bare(K::KindStepUp))
        }
        Message::Heartbeat { term, .. } => {
            card(K::KindHeartbeat, Shape::Circle, false, None, Some(*term), Phrase::bare(K::KindHeartbeat))
        }
        _ => card(K::KindHeartbeat, Shape::Circle, false, None, None, Phrase::bare(K::KindHeartbeat)),
    }
}

/// Oplog, positions, initial sync.
fn sync_card(message: &Message) -> Card {
    match message {
        Message::Fetch(Fetch { more, after, term, .. }) => {
            let (kind, label) =
                if *more { (K::KindGetMore, K::CardGetMore) } else { (K::KindFind, K::CardFind) };
            card(kind, Shape::Circle, false, None, Some(*term), Phrase::new(label, [after.arg()]))
        }
        Message::Batch(batch) => {
            let label = match (batch.found, batch.entries.len()) {
                (Found::Here, n) => Phrase::new(K::CardBatch, [Arg::Number(n as u64)]),
                (Found::Behind, _) => Phrase::bare(K::CardBehind),
                (Found::Diverged, _) => Phrase::bare(K::CardDiverged),
                (Found::TooOld, _) => Phrase::bare(K::CardTooOld),
                (Found::Unreadable, _) => Phrase::bare(K::CardUnreadable),
            };
            let verdict = Some(batch.found == Found::Here);
            card(K::KindBatch, Shape::Circle, true, verdict, Some(batch.term), label)
        }
        Message::FindBack { .. } => {
            card(K::KindFindBack, Shape::Hexagon, false, None, None, Phrase::bare(K::KindFindBack))
        }
        Message::Back { places, .. } => {
            let label = Phrase::new(K::CardBack, [Arg::Number(places.len() as u64)]);
            card(K::KindBack, Shape::Hexagon, true, None, None, label)
        }
        Message::Clone { .. } => {
            card(K::KindClone, Shape::Square, false, None, None, Phrase::bare(K::KindClone))
        }
        Message::Piece(piece) => {
            let label = Phrase::new(K::CardPiece, [Arg::Number(piece.items.len() as u64)]);
            card(K::KindPiece, Shape::Square, true, None, None, label)
        }
        Message::UpdatePosition { term, positions, .. } => {
            let label = Phrase::new(K::CardPosition, [Arg::Number(positions.len() as u64)]);
            card(K::KindPosition, Shape::Circle, false, None, Some(*term), label)
        }
        _ => card(K::KindPosition, Shape::Circle, false, None, None, Phrase::bare(K::KindPosition)),
    }
}

/// Drivers.
fn client_card(message: &Message) -> Card {
    match message {
        Message::Greeting(greeting) => {
            let label = Phrase::new(K::CardGreeting, [Arg::Name(greeting.state.name().into())]);
            card(K::KindGreeting, Shape::Diamond, true, None, Some(greeting.term), label)
        }
        Message::Request { ask, .. } => card(K::KindRequest, Shape::Diamond, false, None, None, ask.phrase()),
        Message::Response { reply, .. } => {
            card(K::KindResponse, Shape::Diamond, true, Some(reply.is_good()), None, reply.phrase())
        }
        _ => card(K::KindHello, Shape::Diamond, false, None, None, Phrase::bare(K::KindHello)),
    }
}

impl Fold for Pulse {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.term);
        self.config.fold(digest);
        self.newer.fold(digest);
        digest.word(self.state as u64);
        fold_all(&[self.applied, self.durable, self.commit], digest);
        self.primary.fold(digest);
        self.source.fold(digest);
        self.sent.fold(digest);
    }
}

impl Fold for Batch {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.seq);
        self.after.fold(digest);
        digest.word(self.found as u64);
        digest.word(self.entries.len() as u64);
        for entry in self.entries.iter() {
            digest.word(entry.fingerprint());
        }
        digest.word(self.term);
        fold_all(&[self.applied, self.commit], digest);
        self.primary.fold(digest);
        self.source.fold(digest);
    }
}

impl Fold for Piece {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.seq);
        self.after.fold(digest);
        digest.word(self.last.as_ref().map_or(0, |entry| entry.fingerprint()));
        self.before.iter().for_each(|entry| digest.word(entry.fingerprint()));
        self.items[..].fold(digest);
        self.end.fold(digest);
    }
}

fn fold_all(places: &[OpTime], digest: &mut Digest) {
    for place in places {
        place.fold(digest);
    }
}
