const utf8 = new TextDecoder('utf-8');

/** Bytes of a text file as text: UTF-8, a byte-order mark dropped, what is not UTF-8 replaced. */
export function decodeText(bytes: Uint8Array): string {
  return utf8.decode(bytes);
}
