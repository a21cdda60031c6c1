import {html, nothing} from 'lit';
import type {PropertyDeclarations, PropertyValues, TemplateResult} from 'lit';
import {API, get} from '../server/api.ts';
import type {Point} from './motion.ts';
import type {PtzHold, PtzPosition, PtzReply} from './ptz-link.ts';
import {REST, between, dragged, held, inPicture, isMoveKey} from './motion.ts';
import {View, controls} from '../base/view.ts';
import {serverNow, timeOfDay} from '../base/clock.ts';
import {Hand} from './hand.ts';
import {PtzLink} from './ptz-link.ts';
import {isCommand} from '../base/keys.ts';
import {ptzStyles} from './ptz-styles.ts';
import {t} from '../base/words.ts';

const MOST_PRESETS = 9;

interface Ptz {
  readonly position: PtzPosition;
  readonly hold: PtzHold | null;
  readonly abilities: {readonly home: boolean};
}

interface Preset {
  readonly token: string;
  readonly name: string;
}

/**
 * Steers a dome on its picture: lies over a tile and takes what mouse, wheel and keys do there. The
 * dome stops when the button or key is released, the page loses the focus or the connection.
 */
export class PtzLayer extends View {
  static override properties: PropertyDeclarations = {
    camera: {attribute: false},
    picture: {attribute: false},
    position: {state: true},
    hold: {state: true},
    own: {state: true},
    presets: {state: true},
    said: {state: true},
    ready: {state: true}
  };

  declare camera: string;
  /** The video below. */
  declare picture: () => HTMLVideoElement | null;
  private declare position: PtzPosition | null;
  private declare hold: PtzHold | null;
  private declare own: boolean;
  private declare presets: readonly Preset[];
  private declare said: string;
  private declare ready: boolean;

  #link: PtzLink | null = null;
  #pressed: {readonly at: Point; readonly box: boolean; moved: boolean} | null = null;
  /** What is held: the key by its place on the keyboard, since Shift may be let go of first. */
  readonly #keys = new Map<string, string>();
  readonly #hand = new Hand(command => this.#link?.send(command));
  #holdTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #onRelease = (): void => this.#release();

  constructor() {
    super();
    this.position = null;
    this.hold = null;
    this.own = false;
    this.presets = [];
    this.said = '';
    this.ready = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.tabIndex = 0;
    addEventListener('blur', this.#onRelease);
    document.addEventListener('visibilitychange', this.#onRelease);
    this.addEventListener('keydown', this.#keyDown);
    this.addEventListener('keyup', this.#keyUp);
    this.addEventListener('blur', this.#onRelease);
    this.addEventListener('wheel', this.#turned, {passive: false});
    this.addEventListener('dblclick', stopped);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('blur', this.#onRelease);
    document.removeEventListener('visibilitychange', this.#onRelease);
    this.#end();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('camera')) {
      this.#end();
      void this.#begin(this.camera);
    }
  }

  protected override firstUpdated(): void {
    this.focus();
  }

  async #begin(camera: string): Promise<void> {
    this.said = t('ptz.connecting');
    this.ready = false;
    const path = `${API}/cameras/${encodeURIComponent(camera)}/ptz`;
    try {
      const ptz = await get<Ptz>(path);
      const {items} = await get<{items: Preset[]}>(`${path}/presets`);
      if (this.isConnected && this.camera === camera) {
        this.position = ptz.position;
        this.hold = ptz.hold;
        this.presets = items.slice(0, MOST_PRESETS);
        this.#link = new PtzLink(camera, reply => this.#heard(reply), isOpen => {
          this.ready = isOpen;
          this.said = isOpen ? '' : t('ptz.lost');
          this.#release();
        });
      }
    } catch (e) {
      this.said = e instanceof Error ? e.message : String(e);
    }
  }

  #end(): void {
    this.#release();
    clearTimeout(this.#holdTimer);
    this.#link?.close();
    this.#link = null;
  }

  #heard(reply: PtzReply): void {
    switch (reply.type) {
      case 'position':
        this.position = reply;
        break;
      case 'hold':
        this.#held(reply, reply.own);
        break;
      case 'problem':
        this.said = `${reply.problem.title}: ${reply.problem.detail}`;
        break;
      case 'stopped':
        this.said = t('ptz.stopped');
        break;
      case 'ack':
        break;
    }
  }

  /** Shown until it ends. One that others have taken over is let go of. */
  #held(hold: PtzHold, own: boolean): void {
    if (this.own && !own) {
      this.#hand.letGo();
      this.#forget();
    }
    this.hold = hold;
    this.own = own;
    clearTimeout(this.#holdTimer);
    this.#holdTimer = setTimeout(() => {
      this.hold = null;
      this.own = false;
    }, Math.max(0, Date.parse(hold.until) - serverNow()));
  }

  /** Where in the picture an event is, or null. */
  #at(event: MouseEvent): Point | null {
    const video = this.picture();
    const tile = this.getBoundingClientRect();
    return video && inPicture(
      {x: event.clientX - tile.left, y: event.clientY - tile.top}, tile,
      {width: video.videoWidth, height: video.videoHeight});
  }

  #press(event: PointerEvent): void {
    const at = this.#at(event);
    if (event.button === 0 && at && this.ready) {
      event.preventDefault();
      this.focus();
      (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
      this.#pressed = {at, box: event.shiftKey, moved: false};
      this.said = '';
    }
  }

  #drag(event: PointerEvent): void {
    const pressed = this.#pressed;
    const at = this.#at(event);
    const video = this.picture();
    if (pressed && at && video && !pressed.box) {
      const wide = video.videoWidth / video.videoHeight;
      const zoom = this.position?.zoomFactor ?? null;
      const drag = {x: (at.x - pressed.at.x) * wide, y: at.y - pressed.at.y};
      const velocity = dragged(drag, zoom);
      pressed.moved ||= velocity !== REST;
      if (pressed.moved) {
        this.#hand.move(velocity);
      }
    }
  }

  #lift(event: PointerEvent): void {
    const pressed = this.#pressed;
    const at = this.#at(event);
    this.#release();
    if (!pressed || !at || pressed.moved) {
      return;
    }
    const box = pressed.box ? between(pressed.at, at) : null;
    this.#link?.send(box ? {command: 'frame', ...box} : {command: 'centre', ...at});
  }

  readonly #turned = (event: WheelEvent): void => {
    event.preventDefault();
    this.#hand.turn(event.deltaY);
  };

  readonly #keyDown = (event: KeyboardEvent): void => {
    const preset = this.presets[Number(event.key) - 1];
    if (isCommand(event)) {
      return;
    } else if (isMoveKey(event.key)) {
      this.said = '';
      this.#keys.set(event.code, event.key);
      this.#hand.move(held(this.#keys.values(), this.position?.zoomFactor ?? null));
    } else if (preset) {
      this.#go(preset);
    } else if (event.key === 'Home') {
      this.#link?.send({command: 'home'});
    } else if (event.key === ' ') {
      this.#release();
      this.#link?.send({command: 'stop'});
    } else {
      return; // Escape and P end it; the wall's other keys are the wall's
    }
    event.preventDefault();
    event.stopPropagation();
  };

  readonly #keyUp = (event: KeyboardEvent): void => {
    if (this.#keys.delete(event.code)) {
      if (this.#keys.size > 0) {
        this.#hand.move(held(this.#keys.values(), this.position?.zoomFactor ?? null));
      } else {
        this.#release();
      }
    }
  };

  /** Whatever moved it is over. */
  #release(): void {
    this.#hand.rest();
    this.#forget();
  }

  #forget(): void {
    this.#keys.clear();
    this.#pressed = null;
  }

  #go(preset: Preset): void {
    this.#link?.send({command: 'preset', token: preset.token});
  }

  protected override render(): TemplateResult {
    return html`
      <div class="field" @pointerdown=${this.#press} @pointermove=${this.#drag}
        @pointerup=${this.#lift} @pointercancel=${this.#onRelease}
        @lostpointercapture=${this.#onRelease}></div>
      <div class="state" role="status">
        ${this.hold ? html`<span class="hold ${this.own ? 'own' : ''}">${
          t(this.own ? 'ptz.own' : 'ptz.held', {
            operator: this.hold.operator, time: timeOfDay(new Date(this.hold.until))
          })}</span>` : nothing}
        ${this.said ? html`<span class="said">${this.said}</span>` : nothing}
      </div>
      <div class="foot">
        ${this.presets.map((preset, i) => html`
          <button @click=${() => this.#go(preset)}>${i + 1} ${preset.name || preset.token}</button>`)}
        <span class="where">${this.#where()}</span>
      </div>`;
  }

  #where(): string {
    const {position} = this;
    return position === null ? '' : t('ptz.position', {
      pan: figure(position.panDegrees), tilt: figure(position.tiltDegrees),
      zoom: figure(position.zoomFactor)
    });
  }

  static override styles = [controls, ptzStyles];
}

function figure(value: number | null): string {
  return value === null ? '–' : value.toFixed(1);
}

function stopped(event: Event): void {
  event.stopPropagation();
}

customElements.define('sakchy-ptz', PtzLayer);
