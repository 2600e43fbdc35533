//! Where the page stands: on this computer or elsewhere, and in a browser that cannot connect there. Pure.

/** Whether an address means this computer itself. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || /^127(\.\d{1,3}){3}$/.test(host) || host === '[::1]' || host === '::1';
}

/**
 * Firefox looks for no way over the loopback address (its setting `media.peerconnection.ice.loopback` is off), so that two
 * programs of one computer that know nothing else never connect.
 */
export function isFirefoxOnLoopback(userAgent: string, host: string): boolean {
  return /\bFirefox\//.test(userAgent) && !/\bSeamonkey\//i.test(userAgent) && isLoopback(host);
}

/** A number as a person may write it: ten digits at least, and nothing that stands in no number. */
export function isNumber(text: string): boolean {
  const digits = text.replace(/\D/g, '').length;
  return /^\+?[\d\s().\u00a0\u2011-]+$/.test(text.trim()) && digits >= 10 && digits <= 15;
}
