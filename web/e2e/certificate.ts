//! A certificate of one's own making (RFC 5280), by Node's crypto alone: a test needs no tool and no file for it.
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** Certificate and key, PEM. */
export interface Certificate {
  cert: string;
  key: string;
}

/** Tag, length, value (X.690). */
function tlv(tag: number, ...parts: Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  const length = value.length < 128 ? [value.length] : value.length < 256 ? [0x81, value.length] : [0x82, value.length >> 8, value.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), value]);
}

const sequence = (...parts: Buffer[]) => tlv(0x30, ...parts);
const oid = (hex: string) => tlv(0x06, Buffer.from(hex, 'hex'));
const ECDSA_SHA256 = sequence(oid('2a8648ce3d040302'));

/** `YYMMDDHHMMSSZ`. */
const utcTime = (at: Date) => tlv(0x17, Buffer.from(`${at.toISOString().replaceAll(/[-:T]|\.\d+/g, '').slice(2)}`));

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** A certificate for a name, good for a month, signed by itself. */
export function selfSigned(name: string): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const who = sequence(tlv(0x31, sequence(oid('550403'), tlv(0x0c, Buffer.from(name)))));
  const day = 86_400_000;
  const names = sequence(sequence(oid('551d11'), tlv(0x04, sequence(tlv(0x82, Buffer.from(name))))));
  const body = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_SHA256,
    who,
    sequence(utcTime(new Date(Date.now() - day)), utcTime(new Date(Date.now() + 30 * day))),
    who,
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, names),
  );
  const signature = sign('sha256', body, privateKey);
  const cert = sequence(body, ECDSA_SHA256, tlv(0x03, Buffer.from([0]), signature));
  return { cert: pem('CERTIFICATE', cert), key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}
