import {html, nothing} from 'lit';
import type {PropertyDeclarations, TemplateResult} from 'lit';
import {camerasOf, ownUnits, summaryOf, unitsBelow} from '../server/cameras.ts';
import type {Camera, CameraIndex} from '../server/cameras.ts';
import {View, controls} from '../base/view.ts';
import {CameraStates} from './camera-states.ts';
import {OrganisationTree} from './organisation-tree.ts';
import type {Row} from './organisation-tree.ts';
import type {Store} from '../base/store.ts';
import {presence} from '../server/presence.ts';
import {t} from '../base/words.ts';
import {treeStyles} from './camera-tree-styles.ts';

const ROW_PIXELS = 28;
const BEYOND = 6;
const MOST_FOUND = 200;
const LOOK_MILLIS = 5_000;
/** The type of what is dragged: a camera's id. */
export const DRAGGED = 'application/x-sakchy-camera';

/**
 * The organisation with its cameras, and a search over them. Only the rows in sight are there.
 * `choose` is fired with a camera's id when somebody wants to see it.
 */
export class CameraTree extends View {
  static override properties: PropertyDeclarations = {
    cameras: {attribute: false},
    shown: {attribute: false},
    text: {state: true},
    active: {state: true},
    first: {state: true},
    failed: {state: true}
  };

  declare cameras: CameraIndex;
  /** What is on the wall. */
  declare shown: ReadonlySet<string>;
  private declare text: string;
  private declare active: number;
  private declare first: number;
  private declare failed: string;

  readonly #tree = new OrganisationTree({ownUnits, unitsBelow, camerasOf}, () =>
    this.requestUpdate());
  readonly #states = new CameraStates(summaryOf);
  #look: ReturnType<typeof setInterval> | undefined;
  #endPresence: () => void = () => {};

  constructor() {
    super();
    this.shown = new Set();
    this.text = '';
    this.active = 0;
    this.first = 0;
    this.failed = '';
  }

  protected override stores(): ReadonlyArray<Store<unknown>> {
    return [this.cameras, this.cameras.complete, this.#states] as ReadonlyArray<Store<unknown>>;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#do(this.#tree.begin());
    this.#endPresence = presence.watch(({state}) => {
      if (state === 'here' && this.#tree.rows().length === 0) {
        void this.#do(this.#tree.begin());
      }
    });
    this.#look = setInterval(() => this.#seeStates(), LOOK_MILLIS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#look);
    this.#endPresence();
  }

  /** To the field for the search. */
  search(): void {
    this.renderRoot.querySelector('input')?.focus();
  }

  /** The cameras in the order of the tree, as far as it is open; all that are known if none is. */
  list(): string[] {
    const open = this.#rows().flatMap(row => row.type === 'camera' ? [row.camera.id] : []);
    return open.length > 0 ? open : [...this.cameras.value.keys()];
  }

  async #do(work: Promise<void>): Promise<void> {
    try {
      await work;
      this.failed = '';
    } catch (e) {
      this.failed = e instanceof Error ? e.message : String(e);
    }
  }

  #rows(): readonly Row[] {
    return this.text.trim() === '' ? this.#tree.rows() : this.#found();
  }

  #found(): Row[] {
    return this.cameras.search(this.text, MOST_FOUND).map(camera =>
      ({type: 'camera', key: `found-${camera.id}`, level: 1, camera}));
  }

  protected override render(): TemplateResult {
    const rows = this.#rows();
    const count = Math.ceil((this.clientHeight || 600) / ROW_PIXELS) + 2 * BEYOND;
    const from = Math.max(0, Math.min(this.first - BEYOND, rows.length - count));
    const inSight = rows.slice(from, from + count);
    return html`
      <input type="search" maxlength="100" spellcheck="false" autocomplete="off"
        .value=${this.text} placeholder=${t('tree.search')} aria-label=${t('tree.search')}
        @input=${this.#typed} @keydown=${this.#searchKey}>
      <div class="said" role="status">${this.#said(rows)}</div>
      ${rows.length === 0 ? nothing : html`
        <div class="list" role="tree" tabindex="0" aria-label=${t('tree.title')}
          aria-activedescendant=${`row-${this.active}`}
          @scroll=${this.#scrolled} @keydown=${this.#key}>
          <div class="rows" role="none">
            ${inSight.map((row, i) => this.#row(row, from + i, rows.length))}
          </div>
        </div>`}`;
  }

  #said(rows: readonly Row[]): string {
    if (this.failed) {
      return this.failed;
    }
    if (this.text.trim() === '') {
      return rows.length === 0 ? t('tree.reading') : '';
    }
    if (rows.length === 0) {
      return this.cameras.complete.value ? t('tree.nothingFound') : t('tree.searching');
    }
    return t(rows.length === MOST_FOUND ? 'tree.foundMany' : 'tree.found', {count: rows.length});
  }

  #row(row: Row, at: number, size: number): TemplateResult {
    const branch = row.type === 'unit' || row.type === 'all';
    const camera = row.type === 'camera' ? row.camera : null;
    return html`
      <div class="row level-${Math.min(row.level, 8)} ${row.type}" id="row-${at}" role="treeitem"
        aria-level=${row.level} aria-setsize=${size} aria-posinset=${at + 1}
        aria-selected=${at === this.active}
        aria-expanded=${branch ? row.state === 'open' : nothing}
        draggable=${camera ? 'true' : 'false'} title=${this.#name(row)}
        @dragstart=${(event: DragEvent) => camera && drag(event, camera.id)}
        @click=${() => this.#clicked(row, at)}
        @dblclick=${() => camera && this.#choose(camera)}>
        ${branch ? html`<span class="arrow" aria-hidden="true">${
          row.state === 'open' ? '▾' : row.state === 'reading' ? '…' : '▸'}</span>` : nothing}
        ${camera ? this.#lamp(camera) : nothing}
        <span class="name" dir="auto">${this.#name(row)}</span>
        ${camera && this.shown.has(camera.id)
          ? html`<span class="shown" aria-label=${t('tree.onWall')}>▣</span>` : nothing}
      </div>`;
  }

  #lamp(camera: Camera): TemplateResult {
    const summary = this.#states.value.get(camera.id);
    const words = summary ? t(`summary.${summary}`) : t('summary.unknown');
    return html`<span class="lamp ${summary ?? ''}" role="img" aria-label=${words}></span>`;
  }

  #name(row: Row): string {
    switch (row.type) {
      case 'unit': return row.unit.name;
      case 'all': return t('tree.all');
      case 'camera': return row.camera.name;
      case 'nothing': return t('tree.none');
    }
  }

  /** Rows out of sight are room above and below; set here, where the content policy allows it. */
  protected override updated(): void {
    const rows = this.renderRoot.querySelector<HTMLElement>('.rows');
    if (rows) {
      const total = this.#rows().length;
      const count = rows.children.length;
      const from = Number(rows.firstElementChild?.id.slice('row-'.length) ?? 0);
      rows.style.paddingTop = `${from * ROW_PIXELS}px`;
      rows.style.paddingBottom = `${(total - from - count) * ROW_PIXELS}px`;
    }
    this.#seeStates();
  }

  #seeStates(): void {
    const height = Math.ceil(this.clientHeight / ROW_PIXELS);
    this.#states.see(this.#rows().slice(this.first, this.first + height).flatMap(row =>
      row.type === 'camera' ? [row.camera.id] : []));
  }

  #scrolled(event: Event): void {
    this.first = Math.floor((event.target as HTMLElement).scrollTop / ROW_PIXELS);
  }

  #typed(event: Event): void {
    this.text = (event.target as HTMLInputElement).value;
    this.active = 0;
    this.first = 0;
  }

  #searchKey(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      this.renderRoot.querySelector<HTMLElement>('.list')?.focus();
    } else if (event.key === 'Enter') {
      this.#act(this.#rows()[this.active]);
    } else if (event.key === 'Escape') {
      this.text = '';
      (event.target as HTMLElement).blur();
    }
  }

  #key(event: KeyboardEvent): void {
    const rows = this.#rows();
    const row = rows[this.active];
    const page = Math.max(1, Math.floor(this.clientHeight / ROW_PIXELS) - 3);
    const steps: Record<string, number> = {
      ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page,
      Home: -rows.length, End: rows.length
    };
    const step = steps[event.key];
    if (step !== undefined) {
      this.#go(this.active + step);
    } else if (event.key === 'Enter' || event.key === ' ') {
      this.#act(row);
    } else if (event.key === 'ArrowRight' && row) {
      void this.#do(this.#tree.open(row));
    } else if (event.key === 'ArrowLeft' && row) {
      this.#tree.close(row);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #go(to: number): void {
    const list = this.renderRoot.querySelector<HTMLElement>('.list');
    this.active = Math.max(0, Math.min(this.#rows().length - 1, to));
    if (list) {
      const top = this.active * ROW_PIXELS;
      const bottom = top + ROW_PIXELS - list.clientHeight;
      list.scrollTop = Math.max(bottom, Math.min(top, list.scrollTop));
    }
  }

  #clicked(row: Row, at: number): void {
    this.active = at;
    if (row.type !== 'camera') {
      this.#act(row);
    }
  }

  #act(row: Row | undefined): void {
    if (row?.type === 'camera') {
      this.#choose(row.camera);
    } else if (row?.type === 'unit' || row?.type === 'all') {
      if (row.state === 'open') {
        this.#tree.close(row);
      } else {
        void this.#do(this.#tree.open(row));
      }
    }
  }

  #choose(camera: Camera): void {
    this.dispatchEvent(new CustomEvent('choose', {detail: camera.id}));
  }

  static override styles = [controls, treeStyles];
}

/** Lets a camera be dragged. */
export function drag(event: DragEvent, camera: string): void {
  event.dataTransfer?.setData(DRAGGED, camera);
}

customElements.define('sakchy-camera-tree', CameraTree);
