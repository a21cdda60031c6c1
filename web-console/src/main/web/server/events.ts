import {API} from './api.ts';
import {presence} from './presence.ts';

/** What happened at a camera (CameraEvent of the contract), as far as the wall shows it. */
export interface CameraEvent {
  readonly camera: string;
  readonly kind: string;
  readonly state: 'active' | 'inactive' | 'pulse';
}

const AGAIN_MILLIS = 5_000;

/**
 * Hears what happens at the cameras, and by that notices at once when the server goes away. When the
 * stream is refused, `refused` is called before it is tried again.
 *
 * @returns ends it
 */
export function hearEvents(
  heard: (event: CameraEvent) => void, refused: () => void
): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = (): void => {
    source = new EventSource(`${API}/events/stream`);
    source.addEventListener('event', ({data}: MessageEvent<string>) =>
      heard(JSON.parse(data) as CameraEvent));
    source.addEventListener('error', () => {
      presence.doubted();
      if (source.readyState === EventSource.CLOSED) {
        refused();
        timer = setTimeout(open, AGAIN_MILLIS);
      }
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
