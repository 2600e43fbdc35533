//! A message that is still to be put into words: its key in the catalogue and what stands in it.
import type { MessageKey } from '../words/generated/keys';

/** A key with its arguments. */
export interface Say {
  key: MessageKey;
  args?: Record<string, string | number>;
}

/** Makes a `Say`. */
export function say(key: MessageKey, args?: Record<string, string | number>): Say {
  return args ? { key, args } : { key };
}
