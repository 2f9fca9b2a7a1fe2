/** A bare IPv6 address (`::1`) in the brackets that a URL wants; anything else as it is. */
export function bracketed(host: string): string {
  return /^[\da-f]*:[\da-f]*:[\da-f:.]*$/i.test(host) ? `[${host}]` : host;
}
