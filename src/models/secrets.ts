/** Whether a header or a query parameter of that name may hold a secret. */
export function isSecretName(name: string): boolean {
  return /auth|key|token|secret|cookie|password|credential|signature|^sig$/i.test(name);
}

/** An address as it may be shown or written to a file: user, password and query may hold a key. */
export function shownUrl(address: string): string {
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return address.replace(/\/\/[^/]*@/, "//");
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}
