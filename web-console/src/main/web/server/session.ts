import {language} from '../base/words.ts';

/** Who is signed in (Session of the contract). */
export interface Session {
  readonly account: string;
  readonly displayName: string;
  readonly csrf: string | null;
}

const SIGN_IN = '/sign-in';
let leaving = false;

/**
 * The session is over: to the page to sign in, which leads back to where one was, or to an address
 * at the identity provider, where one signs out too.
 */
export function sessionEnded(further?: string): void {
  if (!leaving) {
    leaving = true;
    location.assign(further ?? `${SIGN_IN}?lang=${language.value}${location.hash}`);
  }
}
