// Unpacks the module as it ships: xz (by xz-decompress, which stands above in the file that the page loads), and then the
// code, which xtask/src/pack/sort.rs sorted by what its bytes mean, put together again. The two change together.
// Nothing here knows what the module does; the browser checks it as it checks any other.

const OPCODE = 0, BLOCK = 1, LABEL = 2, TABLE = 3, CALL = 4, LOCAL = 5, OFFSET = 6, INTEGER = 7, LONG = 8, REST = 9;
const STREAMS = 10;
/** Stands before the opcode of an access to memory whose alignment is not its size. */
const ALIGNED = 0xe0;

/** The module in a stream of packed bytes. */
export async function unpack(packed) {
  const text = await new Response(new XzReadableStream(packed)).arrayBuffer();
  return joined(new Uint8Array(text));
}

/** A sorted module, put together. */
export function joined(text) {
  const lengths = new Uint32Array(text.buffer, text.byteOffset, STREAMS + 1);
  const head = lengths.byteLength + lengths[STREAMS];
  // Where each stream is read next.
  const at = [];
  let end = head;
  for (let stream = 0; stream < STREAMS; end += lengths[stream++]) at.push(end);
  const opcodes = at[BLOCK];

  // The lengths of functions are not in the text; none takes more than five bytes.
  let out = new Uint8Array(text.length * 2);
  out.set(text.subarray(lengths.byteLength, head));
  let to = lengths[STREAMS];

  /** Copies a number and tells it (as far as it matters: the first four bytes of it). */
  const number = (stream) => {
    let value = 0, shift = 0, byte;
    do {
      byte = out[to++] = text[at[stream]++];
      value |= (byte & 127) << shift;
      shift += 7;
    } while (byte > 127);
    return value;
  };
  const copy = (count) => {
    while (count--) out[to++] = text[at[REST]++];
  };
  const operands = (opcode) => {
    if (opcode === 0x41) number(INTEGER);
    else if (opcode >= 0x20 && opcode <= 0x22) number(LOCAL);
    else if (opcode === 0x10) number(CALL);
    else if (opcode === 0x0c || opcode === 0x0d) number(LABEL);
    else if (opcode >= 0x02 && opcode <= 0x04) number(BLOCK);
    else if (opcode === 0x42) number(LONG);
    else if (opcode === 0x0e) for (let count = number(TABLE); count >= 0; count--) number(TABLE);
    else if (opcode === 0x11) number(REST), number(REST);
    else if (opcode === 0x1c) copy(number(REST));
    else if (opcode === 0x43) copy(4);
    else if (opcode === 0x44) copy(8);
    else if (opcode === 0xfc) {
      const which = number(REST);
      if (which > 7) number(REST);
      if (which > 7 && which < 15 && !(which & 1)) number(REST);
    } else if ((opcode >= 0x23 && opcode <= 0x26) || opcode === 0x3f || opcode === 0x40 || opcode === 0xd0 || opcode === 0xd2) number(REST);
  };
  const instruction = (depth) => {
    let opcode = text[at[OPCODE]++], alignment = -1;
    if (opcode >= ALIGNED && opcode < ALIGNED + 5) (alignment = opcode - ALIGNED), (opcode = text[at[OPCODE]++]);
    out[to++] = opcode;
    if (opcode >= 0x28 && opcode <= 0x3e) {
      out[to++] = alignment < 0 ? SIZES[opcode - 0x28] : alignment;
      number(OFFSET);
    } else operands(opcode);
    return depth + (opcode >= 0x02 && opcode <= 0x04) - (opcode === 0x0b);
  };

  while (at[OPCODE] < opcodes) {
    const from = to;
    for (let count = number(REST); count > 0; count--) number(REST), copy(1);
    for (let depth = 1; depth; ) depth = instruction(depth);
    let length = to - from, bytes = 1;
    while (length >> (7 * bytes)) bytes++;
    out.copyWithin(from + bytes, from, to);
    to += bytes;
    for (let byte = 0; byte < bytes; byte++, length >>= 7) out[from + byte] = (length & 127) | (byte + 1 < bytes ? 128 : 0);
  }
  out.set(text.subarray(end), to);
  return out.subarray(0, to + text.length - end);
}

/** How much an access to memory moves, by its opcode from 0x28, as a power of two of bytes. */
const SIZES = [2, 3, 2, 3, 0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 2, 3, 2, 3, 0, 1, 0, 1, 2];
