//! Requests and replies as bytes, for the border between a page and its worker: postcard, no versions, since both ends
//! are one build.

use super::api::{Reply, Request};

/// Why bytes are no request or reply: the two ends are not of one build, or something else speaks on the channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotUnderstood;

/// A request as bytes.
pub fn encode_request(request: &Request) -> Vec<u8> {
    pack(request)
}

/// Bytes as a request.
pub fn decode_request(bytes: &[u8]) -> Result<Request, NotUnderstood> {
    postcard::from_bytes(bytes).map_err(|_| NotUnderstood)
}

/// A reply as bytes.
pub fn encode_reply(reply: &Reply) -> Vec<u8> {
    pack(reply)
}

/// Bytes as a reply.
pub fn decode_reply(bytes: &[u8]) -> Result<Reply, NotUnderstood> {
    postcard::from_bytes(bytes).map_err(|_| NotUnderstood)
}

fn pack(value: &impl serde::Serialize) -> Vec<u8> {
    // Postcard fails only for sequences of unknown length and full buffers; our types have none and the vector grows. What
    // could not be packed would be no bytes at all, which the other end does not understand.
    postcard::to_allocvec(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::{EventId, ProcessId, Span, Time};
    use crate::session::api::{Failure, SeekTo};
    use crate::view::Place;
    use crate::words::session::SessionKey;

    #[test]
    fn requests_and_replies_cross_the_border_unchanged() {
        let event = EventId { process: ProcessId(3), incarnation: 2, number: 1 << 60 };
        let requests = [
            Request::Load { text: "kind: Scenario".into(), seed: Some(7) },
            Request::PlayTo { at: Time::MAX, budget: 1 },
            Request::Seek(SeekTo::Mark { back: true }),
            Request::RunUntil { predicate: "{leader: kv}".into(), limit: Span::secs(3), budget: 9 },
            Request::Explain { event, depth: 3 },
            Request::Side { which: 2, at: Place { ordinal: 3, at: Time::millis(7) }, budget: 1 << 40 },
            Request::Figures,
        ];
        for request in requests {
            assert_eq!(decode_request(&encode_request(&request)), Ok(request));
        }
        let reply = Reply::Failed(Failure::Refused(crate::process::Phrase::bare(SessionKey::LinkEmpty)));
        assert_eq!(decode_reply(&encode_reply(&reply)), Ok(reply));
        assert_eq!(decode_request(&[0xff; 9]), Err(NotUnderstood));
    }

    #[test]
    fn every_key_crosses_the_border_and_no_other_number_does() {
        for key in crate::words::Key::all() {
            assert_eq!(postcard::from_bytes(&pack(&key)), Ok(key));
        }
        let beyond = SessionKey::ALL.len() as u16;
        assert!(postcard::from_bytes::<SessionKey>(&pack(&beyond)).is_err());
    }
}
