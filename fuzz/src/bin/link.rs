//! A share link and the bytes between page and worker: any text is opened or refused; what opens is written again to a link
//! that says the same. Bytes that are not base64 are wrapped so that the fuzzer gets past the alphabet.

use muster_core::session::{link, transport};

fn main() {
    afl::fuzz!(|bytes: &[u8]| {
        if let Ok(text) = std::str::from_utf8(bytes) {
            open(text);
        }
        open(&data_encoding::BASE64URL_NOPAD.encode(bytes));
        let _ = transport::decode_request(bytes);
    });
}

fn open(text: &str) {
    if let Ok(opened) = link::decode(text) {
        let again = link::encode(&opened).expect("what could be opened can be written");
        assert_eq!(link::decode(&again).as_ref(), Ok(&opened));
    }
}
