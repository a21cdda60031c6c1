import {css, html, nothing} from 'lit';
import type {PropertyDeclarations, TemplateResult} from 'lit';
import {API, get, send} from '../server/api.ts';
import {View, controls} from '../base/view.ts';
import {isCommand, isTyping} from '../base/keys.ts';
import {CameraIndex} from '../server/cameras.ts';
import type {KeySheet} from './key-sheet.ts';
import {MovingCameras} from './moving-cameras.ts';
import type {Session} from '../server/session.ts';
import type {Store} from '../base/store.ts';
import {hearEvents} from '../server/events.ts';
import {notice} from './notice.ts';
import {presence} from '../server/presence.ts';
import {sessionEnded} from '../server/session.ts';
import {setServerClock} from '../base/clock.ts';
import {t} from '../base/words.ts';
import './key-sheet.ts';
import './top-bar.ts';
import '../tree/camera-tree.ts';
import '../wall/wall-view.ts';

const AGAIN_MILLIS = 3_000;
// Cameras come and go rarely, and a list of 20,000 is megabytes.
const REFRESH_MILLIS = 600_000;
const CHECK_MILLIS = 5_000;

/** The whole application: who is signed in, what is wrong with the server, and the screen. */
export class ConsoleApp extends View {
  static override properties: PropertyDeclarations = {session: {state: true}};

  private declare session: Session | null;

  readonly #cameras = new CameraIndex();
  readonly #moving = new MovingCameras();
  #endEvents: () => void = () => {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #checked = -Infinity;
  readonly #onKey = (event: KeyboardEvent): void => this.#key(event);

  constructor() {
    super();
    this.session = null;
  }

  protected override stores(): ReadonlyArray<Store<unknown>> {
    return [presence, this.#moving] as ReadonlyArray<Store<unknown>>;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#onKey);
    void this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#onKey);
    this.#endEvents();
    clearTimeout(this.#timer);
  }

  /** Finds out who is signed in; tries again until the server answers. */
  async #begin(): Promise<void> {
    try {
      this.session = await get<Session>(`${API}/session`);
      this.#endEvents = hearEvents(event => this.#moving.hear(event), () => this.#check());
      void this.#refresh();
    } catch {
      setTimeout(() => void this.#begin(), AGAIN_MILLIS);
    }
  }

  /** What changes rarely, read now and then; soon again when that fails. */
  async #refresh(): Promise<void> {
    let next = REFRESH_MILLIS;
    try {
      await this.#setClock();
      await this.#cameras.load();
    } catch {
      next = AGAIN_MILLIS;
    }
    this.#timer = setTimeout(() => void this.#refresh(), next);
  }

  /** The server's clock, as of the middle of asking. */
  async #setClock(): Promise<void> {
    const asked = Date.now();
    const {now} = await get<{now: string}>(`${API}/system`);
    setServerClock(new Date(now), (asked + Date.now()) / 2);
  }

  /** A connection was lost: perhaps because the session is over. Asked once in a while. */
  #check(): void {
    const now = performance.now();
    if (now - this.#checked > CHECK_MILLIS) {
      this.#checked = now;
      get(`${API}/session`).catch(() => {}); // what is wrong is said where it belongs
    }
  }

  async #leave(): Promise<void> {
    try {
      const left = await send('DELETE', `${API}/session`, this.session?.csrf ?? null);
      const further = left.status === 200 ? await left.json() as {address: string} : undefined;
      sessionEnded(further?.address);
    } catch {
      // the session goes on; what is wrong with the server is shown
    }
  }

  #key(event: KeyboardEvent): void {
    if (event.key === '?' && !isTyping(event) && !isCommand(event)) {
      event.preventDefault();
      this.#showKeys();
    }
  }

  #showKeys(): void {
    this.renderRoot.querySelector<KeySheet>('sakchy-key-sheet')?.show();
  }

  protected override render(): TemplateResult {
    const wrong = notice(presence.value, Date.now());
    return html`
      <sakchy-top-bar .session=${this.session} @keys=${this.#showKeys} @leave=${this.#leave}>
      </sakchy-top-bar>
      <p class="notice" role="status" ?data-wrong=${wrong !== null}>${wrong ?? ''}</p>
      <main>
        ${this.session === null ? html`<p class="wait">${t('starting')}</p>` : nothing}
        ${this.session === null ? nothing : html`
          <sakchy-wall .cameras=${this.#cameras} .account=${this.session.account}
            .moving=${this.#moving.value} @lost=${this.#check}></sakchy-wall>`}
      </main>
      <sakchy-key-sheet></sakchy-key-sheet>`;
  }

  static override styles = [controls, css`
    :host { display: grid; grid-template: auto auto minmax(0, 1fr) / minmax(0, 1fr); height: 100vh; }
    .notice { margin: 0; }
    .notice[data-wrong] {
      background: var(--bg-2);
      border-bottom: 1px solid var(--line);
      border-left: 4px solid var(--warn);
      font-weight: 600;
      padding: 8px 14px;
    }
    main { min-height: 0; }
    .wait { color: var(--fg-2); margin: 20vh 0 0; text-align: center; }
  `];
}

customElements.define('sakchy-console', ConsoleApp);
