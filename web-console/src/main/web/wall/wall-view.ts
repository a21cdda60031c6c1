import {html, nothing, svg} from 'lit';
import type {PropertyDeclarations, PropertyValues, TemplateResult} from 'lit';
import {DRAGGED, drag} from '../tree/camera-tree.ts';
import {LAYOUTS, LAYOUT_NAMES, neighbour} from './layout.ts';
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
import {wallKey} from './wall-key.ts';
import {wallStyles} from './wall-styles.ts';
import type {WallTile} from './tile.ts';
import './tile.ts';
import '../ptz/ptz-layer.ts';

const HIDDEN_MILLIS = 5_000;

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
    const onControl = event.composedPath().some(target => target instanceof HTMLButtonElement);
    const meant = wallKey(event, onControl);
    switch (meant?.type) {
      case undefined: return false;
      case 'layout': this.#show(withLayout(this.wall, meant.layout)); break;
      case 'move': this.#go(meant.direction); break;
      case 'step': this.#step(meant.step); break;
      case 'enter': this.#enter(); break;
      case 'back': this.#back(); break;
      case 'remove': this.#remove(this.wall.focus); break;
      case 'search': this.#search(); break;
      case 'steer': this.#steer(!this.steering); break;
      case 'tree': this.#toggleTree(); break;
      case 'full': this.#full(); break;
    }
    return true;
  }

  #go(direction: Direction): void {
    this.#focus(neighbour(LAYOUTS[this.wall.layout], this.wall.focus, direction));
    this.#focusElement();
  }

  #search(): void {
    this.treeHidden = false;
    void this.updateComplete.then(() => this.#tree?.search());
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
      this.#search();
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

  static override styles = [controls, wallStyles];
}

customElements.define('sakchy-wall', WallView);
