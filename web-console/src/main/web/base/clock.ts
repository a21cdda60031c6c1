/** Time as people of this country read it, whatever the computer's own zone is. */

const ZONE = 'Asia/Bishkek';

// Numbers alone: they read the same in all three languages, and browsers know no Kyrgyz formats.
const PARTS = new Intl.DateTimeFormat('ru', {
  timeZone: ZONE,
  year: 'numeric', month: '2-digit', day: '2-digit',
  hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'
});

let offsetMillis = 0;

/** Takes over the server's clock: `measured` is its time at `at` milliseconds of this computer. */
export function setServerClock(measured: Date, at: number): void {
  offsetMillis = measured.getTime() - at;
}

/** Milliseconds since 1970 by the server's clock, as well as it is known. */
export function serverNow(): number {
  return Date.now() + offsetMillis;
}

function part(moment: Date, ...types: Intl.DateTimeFormatPartTypes[]): string[] {
  const parts = PARTS.formatToParts(moment);
  return types.map(type => parts.find(one => one.type === type)?.value ?? '');
}

/** As `19:44:43`. */
export function timeOfDay(moment: Date): string {
  return part(moment, 'hour', 'minute', 'second').join(':');
}

/** As `22.11.2026`. */
export function day(moment: Date): string {
  return part(moment, 'day', 'month', 'year').join('.');
}
