// The link to a claim. The claim is in the fragment of the URL, which browsers do not
// send to a server.

const prefix = '#claim=';

export function fragmentOf(text) {
  const binary = Array.from(new TextEncoder().encode(text), (b) => String.fromCharCode(b)).join('');
  return prefix + btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

// textOf returns the claim in a fragment, undefined if there is none. It throws an
// error if the fragment is damaged.
export function textOf(fragment) {
  if (!fragment.startsWith(prefix)) return undefined;
  const encoded = fragment.slice(prefix.length).replaceAll('-', '+').replaceAll('_', '/');
  const bytes = Uint8Array.from(atob(encoded), (c) => c.charCodeAt(0));
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
