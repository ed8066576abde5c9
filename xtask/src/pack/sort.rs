//! Sorts the code of a WebAssembly module by what its bytes mean, so that a packer finds like beside like.
//!
//! In a module instructions and their operands take turns. Sorted, all opcodes stand together, then all numbers of locals,
//! all offsets in memory, and so on, and xz packs them a tenth shorter. `web/unpack.js` puts them together again: it reads
//! the opcodes in order and takes each one's operands from where [`Stream`] says. Nothing here runs or checks a module; the
//! browser does. The layout is WebAssembly's own (core specification 3.0, chapter 5, "Binary Format").
//!
//! What comes out, with lengths as 4 bytes, least significant first: the length of each stream in the order of [`Stream`],
//! and of what stood before the functions; then that, the streams, and what stood after the functions.

/// Where an operand goes. The order is that of `web/unpack.js`.
#[derive(Clone, Copy)]
enum Stream {
    Opcode,
    Block,
    Label,
    Table,
    Call,
    Local,
    Offset,
    Integer,
    Long,
    Rest,
}

const STREAMS: usize = 10;
/// Stands before the opcode of an access to memory whose alignment is not its own size: this plus the alignment.
const ALIGNED: u8 = 0xe0;
/// The section of code, and the bytes before the first section.
const CODE: u8 = 10;
const PREAMBLE: usize = 8;

/// A module, sorted. An error says what was found at which byte.
pub fn sorted(module: &[u8]) -> Result<Vec<u8>, String> {
    let (from, to) = code(module)?;
    let mut sorter = Sorter { bytes: module, at: from, streams: Default::default() };
    let count = sorter.number()?;
    let functions = sorter.at;
    for _ in 0..count {
        sorter.function()?;
    }
    if sorter.at != to {
        return Err(format!("the code ends at byte {} instead of {to}", sorter.at));
    }
    let before = &module[..functions];
    let lengths = sorter.streams.iter().map(Vec::len).chain([before.len()]);
    let mut text: Vec<u8> = lengths.flat_map(|length| (length as u32).to_le_bytes()).collect();
    text.extend(before);
    sorter.streams.iter().for_each(|stream| text.extend(stream));
    text.extend(&module[to..]);
    Ok(text)
}

/// Where the content of the section of code begins and ends.
fn code(module: &[u8]) -> Result<(usize, usize), String> {
    let mut sections = Sorter { bytes: module, at: PREAMBLE, streams: Default::default() };
    while let Ok(id) = sections.byte() {
        let length = sections.number()?;
        let (from, to) = (sections.at, sections.at + length);
        if id == CODE {
            return Ok((from, to));
        }
        sections.at = to;
    }
    Err("the module has no code".to_owned())
}

struct Sorter<'a> {
    bytes: &'a [u8],
    at: usize,
    streams: [Vec<u8>; STREAMS],
}

impl Sorter<'_> {
    fn byte(&mut self) -> Result<u8, String> {
        let byte = *self.bytes.get(self.at).ok_or("the module ends too early")?;
        self.at += 1;
        Ok(byte)
    }

    fn put(&mut self, stream: Stream, byte: u8) {
        self.streams[stream as usize].push(byte);
    }

    /// An unsigned number.
    fn number(&mut self) -> Result<usize, String> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
            if shift > 28 {
                return Err(format!("a number is too long at byte {}", self.at));
            }
        }
    }

    /// Moves bytes as they are.
    fn moved(&mut self, count: usize, stream: Stream) -> Result<(), String> {
        for _ in 0..count {
            let byte = self.byte()?;
            self.put(stream, byte);
        }
        Ok(())
    }

    /// Moves a number of any length.
    fn operand(&mut self, stream: Stream) -> Result<(), String> {
        loop {
            let byte = self.byte()?;
            self.put(stream, byte);
            if byte & 0x80 == 0 {
                return Ok(());
            }
        }
    }

    /// Moves a number and tells it.
    fn counted(&mut self, stream: Stream) -> Result<usize, String> {
        let from = self.at;
        let number = self.number()?;
        self.at = from;
        self.operand(stream)?;
        Ok(number)
    }

    /// A function. Its length is left out: it follows from the rest, if it was written as shortly as it can be.
    fn function(&mut self) -> Result<(), String> {
        let from = self.at;
        let length = self.number()?;
        let end = self.at + length;
        let shortest = (1..=5).find(|bytes| length >> (7 * bytes) == 0);
        if shortest != Some(self.at - from) {
            return Err(format!("a length takes more bytes than it needs at byte {from}"));
        }
        for _ in 0..self.counted(Stream::Rest)? {
            self.operand(Stream::Rest)?;
            self.moved(1, Stream::Rest)?;
        }
        let mut depth = 1;
        while depth > 0 {
            depth = self.instruction(depth)?;
        }
        if self.at == end {
            Ok(())
        } else {
            Err(format!("a function ends at byte {} instead of {end}", self.at))
        }
    }

    /// An instruction at a depth of blocks; the depth after it.
    fn instruction(&mut self, depth: usize) -> Result<usize, String> {
        let at = self.at;
        let opcode = self.byte()?;
        if matches!(opcode, 0x28..=0x3e) {
            return self.access(opcode).map(|()| depth);
        }
        self.put(Stream::Opcode, opcode);
        match opcode {
            0x02..=0x04 => return self.operand(Stream::Block).map(|()| depth + 1),
            0x0b => return Ok(depth - 1),
            0x0c | 0x0d => self.operand(Stream::Label)?,
            0x0e => {
                for _ in 0..=self.counted(Stream::Table)? {
                    self.operand(Stream::Table)?;
                }
            }
            0x10 => self.operand(Stream::Call)?,
            0x11 => {
                self.operand(Stream::Rest)?;
                self.operand(Stream::Rest)?;
            }
            0x1c => {
                let count = self.counted(Stream::Rest)?;
                self.moved(count, Stream::Rest)?;
            }
            0x20..=0x22 => self.operand(Stream::Local)?,
            0x23..=0x26 | 0x3f | 0x40 | 0xd0 | 0xd2 => self.operand(Stream::Rest)?,
            0x41 => self.operand(Stream::Integer)?,
            0x42 => self.operand(Stream::Long)?,
            0x43 => self.moved(4, Stream::Rest)?,
            0x44 => self.moved(8, Stream::Rest)?,
            0xfc => match self.counted(Stream::Rest)? {
                0..=7 => {}
                9 | 11 | 13 | 15..=17 => self.operand(Stream::Rest)?,
                8 | 10 | 12 | 14 => {
                    self.operand(Stream::Rest)?;
                    self.operand(Stream::Rest)?;
                }
                other => return Err(format!("instruction 0xfc {other} at byte {at} is not known here")),
            },
            0x00 | 0x01 | 0x05 | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 | 0xd1 => {}
            other => return Err(format!("instruction {other:#04x} at byte {at} is not known here")),
        }
        Ok(depth)
    }

    /// An access to memory: its alignment is nearly always its size, and then it need not be told.
    fn access(&mut self, opcode: u8) -> Result<(), String> {
        let at = self.at;
        let alignment = self.byte()?;
        if alignment > 4 {
            return Err(format!("an alignment of {alignment} at byte {at} is not known here"));
        }
        if alignment != size(opcode) {
            self.put(Stream::Opcode, ALIGNED + alignment);
        }
        self.put(Stream::Opcode, opcode);
        self.operand(Stream::Offset)
    }
}

/// How much an access to memory moves, as a power of two of bytes.
fn size(opcode: u8) -> u8 {
    match opcode {
        0x28 | 0x2a | 0x34 | 0x35 | 0x36 | 0x38 | 0x3e => 2,
        0x29 | 0x2b | 0x37 | 0x39 => 3,
        0x2e | 0x2f | 0x32 | 0x33 | 0x3b | 0x3d => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module of one function with this body, locals and end included.
    fn module(body: &[u8]) -> Vec<u8> {
        let length = |bytes: &[u8]| u8::try_from(bytes.len()).unwrap();
        let function = [&[length(body)], body].concat();
        let content = [&[1], function.as_slice()].concat();
        let head = b"\0asm\x01\0\0\0".as_slice();
        [head, &[1, 1, 0], &[CODE, length(&content)], &content, &[11, 1, 0]].concat()
    }

    fn stream(text: &[u8], stream: Stream) -> Vec<u8> {
        let length = |at: usize| u32::from_le_bytes(text[4 * at..4 * at + 4].try_into().unwrap()) as usize;
        let from = 4 * (STREAMS + 1) + length(STREAMS) + (0..stream as usize).map(length).sum::<usize>();
        text[from..from + length(stream as usize)].to_vec()
    }

    #[test]
    fn operands_go_where_their_like_are() {
        // local.get 3, i32.load align=4 offset=300, i32.load align=1 offset=8, i32.const -1, call 9, end
        let body = [0, 0x20, 3, 0x28, 2, 0xac, 2, 0x28, 0, 8, 0x41, 0x7f, 0x10, 9, 0x0b];
        let text = sorted(&module(&body)).unwrap();
        assert_eq!(stream(&text, Stream::Opcode), [0x20, 0x28, ALIGNED, 0x28, 0x41, 0x10, 0x0b]);
        assert_eq!(stream(&text, Stream::Local), [3]);
        assert_eq!(stream(&text, Stream::Offset), [0xac, 2, 8]);
        assert_eq!(stream(&text, Stream::Integer), [0x7f]);
        assert_eq!(stream(&text, Stream::Call), [9]);
        assert_eq!(stream(&text, Stream::Rest), [0], "it has no locals of its own");
        assert!(text.ends_with(&[11, 1, 0]), "what follows the code stays");
    }

    #[test]
    fn a_block_within_a_function_does_not_end_it() {
        let text = sorted(&module(&[0, 0x02, 0x40, 0x0e, 1, 0, 0, 0x0b, 0x0b])).unwrap();
        assert_eq!(stream(&text, Stream::Opcode), [0x02, 0x0e, 0x0b, 0x0b]);
        assert_eq!(stream(&text, Stream::Table), [1, 0, 0]);
    }

    #[test]
    fn what_is_not_known_is_said_and_where() {
        let why = |body: &[u8]| sorted(&module(body)).unwrap_err();
        assert_eq!(why(&[0, 0xfd, 0, 0x0b]), "instruction 0xfd at byte 16 is not known here");
        assert_eq!(why(&[0, 0x20]), "the module ends too early");
        assert_eq!(sorted(b"\0asm\x01\0\0\0").unwrap_err(), "the module has no code");
    }
}
