import type { LayerscopeError } from '../errors.ts';

/** What somebody is known by to a registry. `from` names where it was found, and is fit to print. */
export type Credentials =
  | { readonly kind: 'password'; readonly username: string; readonly password: string; readonly from: string }
  /** Exchanged for tokens (OAuth 2.0, "Refreshing an Access Token"); it is no password. */
  | { readonly kind: 'identity-token'; readonly token: string; readonly from: string };

/**
 * What a search for credentials comes to. What went wrong on the way is no failure as long as nobody asks for a login:
 * most images are public, and many machines have a configuration that names a helper of another machine.
 */
export interface FoundCredentials {
  readonly credentials: Credentials | null;
  readonly failure: LayerscopeError | null;
}
