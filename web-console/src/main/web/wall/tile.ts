import {css, html, nothing} from 'lit';
import type {PropertyDeclarations, PropertyValues, TemplateResult} from 'lit';
import {View, controls} from '../base/view.ts';
import {after, causeKey, lagText, refusalKey} from './tile-state.ts';
import {serverNow, timeOfDay} from '../base/clock.ts';
import {API} from '../server/api.ts';
import {MediaPlayer} from '../media-player.ts';
import type {StreamName} from '../player/messages.ts';
import type {TileState} from './tile-state.ts';
import {t} from '../base/words.ts';

const LOOK_MILLIS = 500;
const STILL_MILLIS = 4_000;
const LATE_MILLIS = 1_500;
const MOST_SUB_PIXELS = 960;

/**
 * One tile of the wall: the present of a camera, or in words why there is none. It plays while it is
 * `active`; a tile that cannot be seen costs neither network nor decoder. `lost` is fired when the
 * connection was lost, which may mean that the session is over.
 */
export class WallTile extends View {
  static override properties: PropertyDeclarations = {
    camera: {attribute: false},
    name: {attribute: false},
    hasSub: {attribute: false},
    active: {attribute: false},
    moving: {attribute: false},
    state: {state: true},
    moment: {state: true},
    lag: {state: true},
    pixels: {state: true}
  };

  declare camera: string | null;
  declare name: string;
  declare hasSub: boolean;
  /** Whether it can be seen. */
  declare active: boolean;
  /** Whether something moves before the camera. */
  declare moving: boolean;
  private declare state: TileState;
  private declare moment: Date | null;
  private declare lag: number;
  private declare pixels: number;

  #player: MediaPlayer | null = null;
  #playing: TileState | null = null;
  #pictures = 0;
  #picturesMillis = 0;
  #look: ReturnType<typeof setInterval> | undefined;
  readonly #size = new ResizeObserver(([entry]) => {
    this.pixels = (entry?.contentRect.width ?? 0) * devicePixelRatio;
  });

  constructor() {
    super();
    this.camera = null;
    this.name = '';
    this.hasSub = false;
    this.active = false;
    this.moving = false;
    this.state = {type: 'empty'};
    this.moment = null;
    this.lag = 0;
    this.pixels = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#size.observe(this);
    this.#look = setInterval(() => this.#watch(), LOOK_MILLIS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#size.disconnect();
    clearInterval(this.#look);
    this.#stop();
  }

  /** The state in words, for who does not see it. */
  get words(): string {
    return this.camera === null ? t('tile.empty') : `${this.name}, ${this.#stateWords()}`;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('camera') || changed.has('active')) {
      this.#stop();
      this.state = {type: this.camera === null ? 'empty' : 'resting'};
    }
  }

  protected override updated(changed: PropertyValues): void {
    const wanted = this.camera !== null && this.active && this.pixels > 0;
    if (wanted && !this.#player) {
      this.#start();
    } else if ((changed.has('pixels') || changed.has('hasSub'))
        && this.#player && this.#player.stream !== this.#stream()) {
      this.#player.live(this.#stream());
    }
    this.toggleAttribute('data-empty', this.camera === null);
    this.ariaLabel = this.words;
  }

  /** The large stream where its pixels can be seen, or where there is no other. */
  #stream(): StreamName {
    return this.hasSub && this.pixels <= MOST_SUB_PIXELS ? 'sub' : 'main';
  }

  get video(): HTMLVideoElement | null {
    return this.renderRoot.querySelector('video');
  }

  #start(): void {
    const video = this.video;
    if (video && this.camera !== null) {
      const path = `${API}/cameras/${encodeURIComponent(this.camera)}/media`;
      const stream = this.#stream();
      const player = new MediaPlayer(video, path, happening => {
        if (this.#player === player) {
          this.state = after(this.state, happening, this.#playing);
          this.#playing = this.state.type === 'playing' ? this.state : this.#playing;
          this.#picturesMillis = performance.now();
          if (happening.type === 'lost') {
            this.dispatchEvent(new CustomEvent('lost'));
          }
        }
      }, {stream});
      this.#player = player;
      player.live();
    }
  }

  #stop(): void {
    this.#player?.close();
    this.#player = null;
    this.#playing = null;
    this.moment = null;
  }

  /** Reads clock and lag off the player, and notices when the picture stands still. */
  #watch(): void {
    const player = this.#player;
    const video = this.video;
    if (!player || !video) {
      return;
    }
    const utc = player.utc();
    this.moment = utc;
    this.lag = utc ? serverNow() - utc.getTime() : 0;
    const pictures = video.getVideoPlaybackQuality().totalVideoFrames;
    const now = performance.now();
    if (pictures !== this.#pictures) {
      this.#pictures = pictures;
      this.#picturesMillis = now;
      if (this.state.type === 'still' && this.#playing) {
        this.state = this.#playing;
      }
    } else if (this.state.type === 'playing' && now - this.#picturesMillis > STILL_MILLIS) {
      this.state = {type: 'still', sinceMillis: serverNow() - (now - this.#picturesMillis)};
    }
  }

  protected override render(): TemplateResult {
    const empty = this.camera === null;
    const playing = this.state.type === 'playing' || this.state.type === 'still'
      || this.state.type === 'away';
    return html`
      <video muted playsinline disablepictureinpicture tabindex="-1" aria-hidden="true"
        ?hidden=${empty}></video>
      ${empty ? html`<p class="empty">${t('tile.empty')}</p>` : html`
        <div class="bar top">
          <span class="name" dir="auto" title=${this.name}>${this.name}</span>
          ${this.moving ? html`<span class="motion">● ${t('tile.motion')}</span>` : nothing}
        </div>
        ${this.state.type === 'playing' ? nothing : html`
          <p class="state ${this.state.type}">${this.#stateWords()}</p>`}
        ${playing ? this.#figures() : nothing}`}
      <slot></slot>`;
  }

  #figures(): TemplateResult {
    const {state} = this;
    return html`
      <div class="bar bottom">
        ${this.moment ? html`<span class="clock">${timeOfDay(this.moment)}</span>` : nothing}
        ${state.type === 'playing' ? html`
          <span class="lag ${this.lag > LATE_MILLIS ? 'late' : ''}"
            title=${t('tile.lag')}>${lagText(this.lag)}</span>
          <span class="format">${state.codec} ${state.width}×${state.height}</span>
          ${state.delivery === 'original' ? nothing : html`
            <span class="delivery">${t(`delivery.${state.delivery}`)}</span>`}` : nothing}
      </div>`;
  }

  #stateWords(): string {
    const {state} = this;
    switch (state.type) {
      case 'empty': return t('tile.empty');
      case 'resting': case 'connecting': return t('tile.connecting');
      case 'lost': return t('tile.lost');
      case 'playing': return t('tile.playing');
      case 'still': return t('tile.still', {time: timeOfDay(new Date(state.sinceMillis))});
      case 'away': return t('tile.away', {
        time: timeOfDay(new Date(state.sinceMillis)), cause: t(causeKey(state.cause))
      });
      case 'unplayable': return t('tile.unplayable', {codec: state.codec});
      case 'refused': {
        const key = refusalKey(state.code);
        return key ? t(key) : state.detail;
      }
    }
  }

  static override styles = [controls, css`
    :host {
      background: #000;
      color: #e8eef4;
      display: block;
      min-height: 0;
      min-width: 0;
      overflow: hidden;
      position: relative;
    }
    :host([hidden]) { display: none; }
    :host([data-empty]) { background: var(--bg-1); }
    video { display: block; height: 100%; object-fit: contain; width: 100%; }
    p { margin: 0; text-align: center; }
    .empty { color: var(--fg-2); inset: 0; display: grid; padding: 12px; place-items: center; position: absolute; }
    .state {
      background: #000c;
      left: 50%;
      max-width: 92%;
      padding: 6px 12px;
      position: absolute;
      top: 50%;
      transform: translate(-50%, -50%);
      width: max-content;
    }
    .state.away, .state.still, .state.lost { border-left: 3px solid #ffb020; }
    .state.refused, .state.unplayable { border-left: 3px solid #ff5a52; }
    .bar { align-items: center; display: flex; gap: 10px; left: 0; padding: 3px 8px; position: absolute; right: 0; }
    .bar > span { background: #000a; border-radius: 3px; padding: 1px 6px; white-space: nowrap; }
    .top { top: 0; }
    .bottom { bottom: 0; font-size: 12px; }
    .name { font-weight: 600; overflow: hidden; text-overflow: ellipsis; }
    .motion { color: #ffc552; }
    .format { margin-left: auto; }
    .late { color: #ffb020; }
    :host(:not([large])) .format, :host(:not([large])) .delivery { display: none; }
  `];
}

customElements.define('sakchy-tile', WallTile);
