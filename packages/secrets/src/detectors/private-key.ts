/** Private keys in text: PEM (RFC 7468), OpenSSH, PGP (RFC 4880 §6.2), PuTTY, JWK, age. */
import { near, shape } from '../build-detector.ts';
import { ALPHABETS } from '../detector.ts';
import type { Detector, Draw } from '../detector.ts';
import { drawnBits, isDrawn } from '../randomness.ts';

/** A key may stand indented, with written-out `\n`, in quoted pieces of an array or joined by `+`. */
const JOINT = String.raw`(?:\\{1,4}[nr]|[\s"',+#>*|\x60;-]|//)`;

export const PRIVATE_KEY: readonly Detector[] = [
  shape('private-key', 'Private key', {
    keywords: ['-----BEGIN', '---- BEGIN'],
    head: { kind: 'pem' },
    pattern: String.raw`-{4,5} ?BEGIN (?<kind>[0-9A-Z ]{0,40}?)PRIVATE KEY(?: BLOCK)? ?-{4,5}(?<body>(?:[^<>{}$%-]|-(?!---)){40,16000})(?:-{4,5} ?END|$)`,
    reach: 16_200,
    accepts: ({ match }) => isKeyBody(match.groups?.['body'] ?? ''),
    example: (draw) => pem('', draw, 640),
  }),
  shape('putty-private-key', 'PuTTY private key', {
    keywords: ['PuTTY-User-Key-File-'],
    pattern: String.raw`PuTTY-User-Key-File-[0-9]:[^\r\n]{0,60}[\s\S]{0,8000}?Private-Lines: [0-9]{1,4}\s{1,3}(?<secret>[0-9A-Za-z+/=\s]{40,8000})`,
    reach: 16_200,
    example: (draw) =>
      `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPublic-Lines: 1\n${draw('base64', 64)}\nPrivate-Lines: 1\n${draw('base64', 64)}\n`,
  }),
  shape('jwk-private-key', 'Private JSON web key', {
    keywords: ['"kty"', String.raw`\"kty\"`],
    lead: 1600,
    pattern: String.raw`\\?"d\\?"\s{0,8}:\s{0,8}\\?"(?<secret>[0-9A-Za-z_-]{42,700})\\?"`,
    reach: 1600,
    example: (draw) => `{"kty":"EC","crv":"P-256","x":"${draw('url', 43)}","d":"${draw('url', 43)}"}`,
  }),
  shape('private-key-der', 'Private key without its header', {
    keywords: ['private_key', 'privatekey', 'private-key'],
    foldsCase: true,
    head: near('base64', 63),
    pattern: String.raw`private[_-]?key[\w-]{0,24}\\?["']?[ \t]{0,4}[:=][ \t]{0,4}\\?["']?(?<secret>M[CHI][0-9A-Za-z][0-9A-Za-z+/]{60,4000}={0,2})`,
    reach: 4100,
    example: (draw) => `private_key = "MIIE${draw('base64', 600)}"`,
  }),
  shape('rsa-private-key-der', 'RSA private key in base64, without its header', {
    // PKCS #8 (RFC 5208 §5) names the algorithm; PKCS #1 (RFC 8017 §A.1.2) begins with version 0 and a modulus of even length.
    keywords: [
      'IBADANBgkqhkiG9w0BAQEFAASC',
      'IBAAKBgQ',
      'IBAAKCAQEA',
      'IBAAKCAYEA',
      'IBAAKCAgEA',
      'IBAAKCBAEA',
    ],
    head: { kind: 'run', run: 300, classes: ALPHABETS.base64[1] },
    lead: 6,
    pattern: String.raw`MII[0-9A-Za-z+/]{3}IBA(?:DANBgkqhkiG9w0BAQEFAASC|AKBgQ|AKC(?:AQ|AY|Ag|BA)EA)[0-9A-Za-z+/]{300,6000}={0,2}`,
    reach: 6100,
    accepts: ({ secret }) => isDrawn(secret.slice(40, 200)) && isWholeSequence(Buffer.from(secret, 'base64')),
    example: (draw) => `SIGNING_KEY=${rsaKeyInDer(draw)}`,
  }),
];

/** A body counts if, its joints and headers taken away, much base64 is left that is no placeholder. */
function isKeyBody(body: string): boolean {
  if (/\.\.\.|\*\*\*|xxxx/i.test(body)) return false;
  const plain = body
    .replaceAll(/[A-Z][A-Za-z-]{2,24}: [^\r\n\\]{0,120}/g, '')
    .replaceAll(new RegExp(JOINT, 'g'), '')
    .replaceAll(/[^0-9A-Za-z+/=]/g, '');
  if (plain.length < 40 || plain.length * 2 < body.length || isCutShort(plain)) return false;
  return isDrawn(plain) && isDrawn(plain.slice(0, 80)) && drawnBits(plain.slice(0, 200)) > 20;
}

/** A body in DER says how long it is (X.690 §8.1.3); one of which less than a quarter is there is cut for print. */
function isCutShort(plain: string): boolean {
  const bytes = Buffer.from(plain, 'base64');
  const isLong = bytes[0] === SEQUENCE && bytes[1] === TWO_BYTES_OF_LENGTH;
  return isLong && bytes.length * 4 < bytes.readUInt16BE(2);
}

/** Whether it is as long as it says. */
function isWholeSequence(bytes: Buffer): boolean {
  return (
    bytes[0] === SEQUENCE && bytes[1] === TWO_BYTES_OF_LENGTH && bytes.length === 4 + bytes.readUInt16BE(2)
  );
}

/** The frame of an RSA key of 2048 bits, as PKCS #8 has it, round random bytes. */
function rsaKeyInDer(draw: Draw): string {
  const head = Buffer.from('30820000020100300d06092a864886f70d0101010500048204a6', 'hex');
  const bytes = Buffer.concat([head, Buffer.from(draw('base64', 1588), 'base64')]);
  bytes.writeUInt16BE(bytes.length - 4, 2);
  return bytes.toString('base64');
}

const SEQUENCE = 0x30;
const TWO_BYTES_OF_LENGTH = 0x82;

/** A PEM block with a body of random base64. */
export function pem(kind: string, draw: Draw, length: number): string {
  const lines = `MIIE${draw('base64', length)}`.match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${kind}PRIVATE KEY-----`, ...lines, `-----END ${kind}PRIVATE KEY-----`].join('\n');
}
