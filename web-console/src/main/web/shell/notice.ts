import type {Presence} from '../server/presence.ts';
import {t} from '../base/words.ts';

/** What is wrong with the server as a whole, in words; null if nothing is. */
export function notice(presence: Presence, nowMillis: number): string | null {
  switch (presence.state) {
    case 'here': return null;
    case 'away': return t('server.away');
    case 'failing': return t('server.failing', {status: presence.status});
    case 'busy': {
      const seconds = Math.max(1, Math.ceil((presence.untilMillis - nowMillis) / 1_000));
      return t('server.busy', {seconds});
    }
  }
}
