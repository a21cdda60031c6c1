import {css, html, nothing, svg} from 'lit';
import type {PropertyDeclarations, PropertyValues, TemplateResult} from 'lit';
import {DRAGGED, drag} from '../tree/camera-tree.ts';
import {LAYOUTS, LAYOUT_NAMES, layoutOfKey, neighbour} from './layout.ts';
import {View, controls} from '../base/view.ts';
import {cleared, filled, focused, following, nextFree, placed, restored, tileCount, together,
  toggledAlone, withLayout} from './wall.ts';
import {isCommand, isTyping} from '../base/keys.ts';
import {keep, recall} from '../base/kept.ts';
import type {CameraIndex} from '../server/cameras.ts';
import type {CameraTree} from '../tree/camera-tree.ts';
import type {Direction, LayoutName} from './layout.ts';
import type {Store} from '../base/store.ts';
import type {Wall} from './wall.ts';
import {t} from '../base/words.ts';
import type {WallTile} from './tile.ts';
import './tile.ts';
import '../ptz/ptz-layer.ts';

const HIDDEN_MILLIS = 5_000;
const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down'
};

/** The wall of live pictures with the tree beside it. What it shows is kept in this browser. */
export class WallView extends View {
  static override properties: PropertyDeclarations = {
    cameras: {attribute: false},
    account: {attribute: false},
    moving: {attribute: false},
    wall: {state: true},
    awake: {state: true},
    treeHidden: {state: true},
    steering: {state: true}
  };

  declare cameras: CameraIndex;
  /** Whose wall it is. */
  declare account: string;
  /** Cameras before which something moves. */
  declare moving: ReadonlySet<string>;
  private declare wall: Wall;
  private declare awake: boolean;
  private declare treeHidden: boolean;
  /** Whether the focused tile's dome is steered. */
  private declare steering: boolean;

  #sleep: ReturnType<typeof setTimeout> | undefined;
  readonly #onKey = (event: KeyboardEvent): void => this.#key(event);
  readonly #onVisibility = (): void => this.#visibility();

  constructor() {
    super();
    this.moving = new Set();
    this.wall = restored(null);
    this.awake = true;
    this.treeHidden = false;
    this.steering = false;
  }

  protected override stores(): ReadonlyArray<Store<unknown>> {
    return [this.cameras as Store<unknown>];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.wall = restored(recall(this.#kept()));
    document.addEventListener('keydown', this.#onKey);
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#onKey);
    document.removeEventListener('visibilitychange', this.#onVisibility);
    clearTimeout(this.#sleep);
  }

  #kept(): string {
    return `wall.${this.account}`;
  }

  #show(wall: Wall): void {
    this.wall = wall;
    keep(this.#kept(), {layout: wall.layout, cameras: wall.cameras});
  }

  /** Nobody sees a page in the background: its pictures stop after a while. */
  #visibility(): void {
    clearTimeout(this.#sleep);
    if (document.hidden) {
      this.#sleep = setTimeout(() => { this.awake = false; }, HIDDEN_MILLIS);
    } else {
      this.awake = true;
    }
  }

  get #tree(): CameraTree | null {
    return this.renderRoot.querySelector('sakchy-camera-tree');
  }

  protected override render(): TemplateResult {
    const {wall} = this;
    const shown = new Set(wall.cameras.slice(0, tileCount(wall)).filter(id => id !== null));
    return html`
      <div class="side" role="region" ?hidden=${this.treeHidden} aria-label=${t('tree.title')}>
        <sakchy-camera-tree .cameras=${this.cameras} .shown=${shown}
          @choose=${(event: CustomEvent<string>) => this.#choose(event.detail)}>
        </sakchy-camera-tree>
      </div>
      <div class="stage" role="region" aria-label=${t('wall.title')}>
        <div class="tools" role="toolbar" aria-label=${t('wall.tools')}>
          <button aria-pressed=${!this.treeHidden} title=${`${t('wall.tree')} (B)`}
            @click=${this.#toggleTree}>${t('wall.tree')}</button>
          <span class="layouts" role="group" aria-label=${t('wall.layout')}>
            ${LAYOUT_NAMES.map(name => this.#layoutButton(name))}
          </span>
          <button @click=${() => this.#fill()}>${t('wall.fill')}</button>
          <button @click=${() => this.#full()} title=${`${t('wall.full')} (F)`}>${
            t('wall.full')}</button>
        </div>
        <div class="tiles" data-layout=${wall.layout} ?data-alone=${wall.alone !== null}>
          ${LAYOUTS[wall.layout].places.map((_, i) => this.#tile(i))}
        </div>
      </div>`;
  }

  #layoutButton(name: LayoutName): TemplateResult {
    const {cells, places, key} = LAYOUTS[name];
    const words = t('wall.layoutOf', {tiles: places.length});
    return html`
      <button class="layout" aria-pressed=${this.wall.layout === name} aria-label=${words}
        title=${`${words} (${key})`} @click=${() => this.#show(withLayout(this.wall, name))}>
        <svg viewBox="0 0 ${cells * 10} ${cells * 10}" aria-hidden="true">
          ${places.map(({column, row, span}) => svg`
            <rect x=${column * 10 + 1} y=${row * 10 + 1} width=${span * 10 - 2}
              height=${span * 10 - 2} rx="1"></rect>`)}
        </svg>
      </button>`;
  }

  #tile(i: number): TemplateResult {
    const {wall} = this;
    const camera = wall.cameras[i] ?? null;
    const hidden = wall.alone !== null && wall.alone !== i;
    const large = (LAYOUTS[wall.layout].places[i]?.span ?? 1) > 1 || wall.alone === i
      || LAYOUTS[wall.layout].cells < 3;
    return html`
      <sakchy-tile id="tile-${i}" role="group" tabindex=${wall.focus === i ? 0 : -1}
        ?hidden=${hidden} ?large=${large} ?data-focus=${wall.focus === i}
        .camera=${camera} .name=${camera === null ? '' : this.cameras.name(camera)}
        .hasSub=${camera !== null && (this.cameras.value.get(camera)?.hasSub ?? false)}
        .active=${!hidden && this.awake} .moving=${camera !== null && this.moving.has(camera)}
        draggable=${camera === null || this.steering ? 'false' : 'true'}
        @dragstart=${(event: DragEvent) => camera !== null && drag(event, camera)}
        @dragover=${this.#dragged} @drop=${(event: DragEvent) => this.#dropped(event, i)}
        @focus=${() => this.#focus(i)} @click=${() => this.#focus(i)}
        @dblclick=${() => this.#alone(i)}
        @lost=${() => this.dispatchEvent(new CustomEvent('lost'))}>
        ${camera !== null && wall.focus === i && !hidden ? this.#ownTools(camera, i) : nothing}
      </sakchy-tile>`;
  }

  /** What the focused tile has over its picture. */
  #ownTools(camera: string, i: number): TemplateResult {
    const video = (): HTMLVideoElement | null =>
      this.renderRoot.querySelector<WallTile>(`#tile-${i}`)?.video ?? null;
    return html`
      ${this.steering ? html`
        <sakchy-ptz .camera=${camera} .picture=${video} aria-label=${t('ptz.title')} role="group">
        </sakchy-ptz>` : nothing}
      <div class="own" @dblclick=${(event: Event) => event.stopPropagation()}>
        <button aria-pressed=${this.steering} title=${`${t('ptz.title')} (P)`}
          aria-label=${t('ptz.title')} @click=${() => this.#steer(!this.steering)}>✥</button>
        <button title=${`${t('tile.remove')} (Delete)`}
          aria-label=${t('tile.remove')} @click=${() => this.#remove(i)}>✕</button>
      </div>`;
  }

  #remove(tile: number): void {
    this.steering = false;
    this.#show(cleared(this.wall, tile));
  }

  #steer(on: boolean): void {
    this.steering = on && this.wall.cameras[this.wall.focus] !== null;
    if (!this.steering) {
      this.#focusElement();
    }
  }

  protected override updated(changed: PropertyValues): void {
    const before = changed.get('wall') as Wall | undefined;
    if (before && before.focus !== this.wall.focus
        && this.renderRoot instanceof ShadowRoot
        && this.renderRoot.activeElement?.id.startsWith('tile-')) {
      this.#focusElement();
    }
  }

  #focusElement(): void {
    this.renderRoot.querySelector<HTMLElement>(`#tile-${this.wall.focus}`)?.focus();
  }

  #focus(tile: number): void {
    if (this.wall.focus !== tile) {
      this.wall = focused(this.wall, tile);
    }
  }

  #choose(camera: string): void {
    const tile = this.wall.alone ?? nextFree(this.wall);
    this.#show(placed(this.wall, tile, camera));
  }

  #alone(tile: number): void {
    if (this.wall.cameras[tile] !== null) {
      this.wall = toggledAlone(this.wall, tile);
    }
  }

  #fill(): void {
    this.#show(filled(this.wall, this.#tree?.list() ?? []));
  }

  #toggleTree(): void {
    this.treeHidden = !this.treeHidden;
  }

  #full(): void {
    if (document.fullscreenElement) {
      void document.exitFullscreen();
    } else {
      this.requestFullscreen().catch(() => {}); // browsers may forbid it
    }
  }

  #dragged(event: DragEvent): void {
    if (event.dataTransfer?.types.includes(DRAGGED)) {
      event.preventDefault();
    }
  }

  #dropped(event: DragEvent, tile: number): void {
    const camera = event.dataTransfer?.getData(DRAGGED);
    if (camera) {
      event.preventDefault();
      this.#show(placed(this.wall, tile, camera));
    }
  }

  #key(event: KeyboardEvent): void {
    if (isTyping(event) || isCommand(event)) {
      return;
    }
    if (this.#act(event)) {
      event.preventDefault();
    }
  }

  /** Whether the key means something here. */
  #act(event: KeyboardEvent): boolean {
    const {wall} = this;
    const onControl = event.composedPath().some(target => target instanceof HTMLButtonElement);
    const direction = DIRECTIONS[event.key];
    const layout = layoutOfKey(event.key);
    if (layout) {
      this.#show(withLayout(wall, layout));
    } else if (direction && !onControl) {
      this.#focus(neighbour(LAYOUTS[wall.layout], wall.focus, direction));
      this.#focusElement();
    } else if (event.key === 'Enter' && !onControl) {
      this.#enter();
    } else if (event.key === 'Escape') {
      this.#back();
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      this.#remove(wall.focus);
    } else if (event.code === 'KeyP') {
      this.#steer(!this.steering);
    } else if (event.key === 'PageDown' || event.key === 'PageUp') {
      this.#step(event.key === 'PageDown' ? 1 : -1);
    } else if (event.code === 'Slash' && !event.shiftKey) {
      this.treeHidden = false;
      void this.updateComplete.then(() => this.#tree?.search());
    } else if (event.code === 'KeyB') {
      this.#toggleTree();
    } else if (event.code === 'KeyF') {
      this.#full();
    } else {
      return false;
    }
    return true;
  }

  /** One step back: from steering to the tile, from one tile to all of them. */
  #back(): void {
    if (this.steering) {
      this.#steer(false);
    } else {
      this.wall = together(this.wall);
    }
  }

  /** On a picture: alone, or back; on an empty tile: to the search for a camera. */
  #enter(): void {
    const {wall} = this;
    if (wall.cameras[wall.focus] !== null) {
      this.#alone(wall.focus);
    } else {
      this.treeHidden = false;
      void this.updateComplete.then(() => this.#tree?.search());
    }
  }

  /** The camera before or after this one, in the same tile. */
  #step(step: number): void {
    const {wall} = this;
    const next = following(this.#tree?.list() ?? [], wall.cameras[wall.focus] ?? null, step);
    if (next !== null) {
      this.#show(placed(wall, wall.focus, next));
    }
  }

  static override styles = [controls, css`
    :host { background: var(--bg-0); display: flex; height: 100%; min-height: 0; }
    .side { background: var(--bg-1); border-right: 1px solid var(--line); display: flex; flex: none; width: 288px; }
    sakchy-camera-tree { flex: 1; min-width: 0; }
    .stage { display: flex; flex: 1; flex-direction: column; min-width: 0; }
    .tools { align-items: center; display: flex; flex-wrap: wrap; gap: 8px; padding: 6px 8px; }
    .layouts { display: flex; gap: 4px; }
    .layout { display: grid; padding: 0; place-items: center; width: 34px; }
    .layout svg { height: 18px; width: 18px; }
    .layout rect { fill: currentColor; opacity: .75; }
    .tiles { background: var(--bg-0); display: grid; flex: 1; gap: 2px; min-height: 0; padding: 0 2px 2px; }
    .tiles[data-layout='1'] { grid-template: minmax(0, 1fr) / minmax(0, 1fr); }
    .tiles[data-layout='4'] { grid-template: repeat(2, minmax(0, 1fr)) / repeat(2, minmax(0, 1fr)); }
    .tiles[data-layout='9'], .tiles[data-layout='1+5'] {
      grid-template: repeat(3, minmax(0, 1fr)) / repeat(3, minmax(0, 1fr));
    }
    .tiles[data-layout='16'], .tiles[data-layout='1+7'] {
      grid-template: repeat(4, minmax(0, 1fr)) / repeat(4, minmax(0, 1fr));
    }
    .tiles[data-layout='1+5'] > :first-child { grid-area: 1 / 1 / 3 / 3; }
    .tiles[data-layout='1+7'] > :first-child { grid-area: 1 / 1 / 4 / 4; }
    .tiles[data-alone] { grid-template: minmax(0, 1fr) / minmax(0, 1fr); }
    .tiles[data-alone] > * { grid-area: 1 / 1 !important; }
    sakchy-tile { border: 1px solid var(--line); }
    sakchy-tile[data-focus] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
    sakchy-tile:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; z-index: 1; }
    .own { display: flex; gap: 4px; position: absolute; right: 4px; top: 2px; }
    .own button { background: #000a; border: 0; color: #e8eef4; height: 24px; padding: 0; width: 26px; }
    .own button[aria-pressed='true'] { background: #37c871; color: #04121f; }
    @media (max-width: 700px) {
      .side { width: 45%; }
    }
  `];
}

customElements.define('sakchy-wall', WallView);
