import {LitElement, css} from 'lit';
import {language} from './words.ts';
import type {Store} from './store.ts';

/** What all components share: they show themselves again when the language or a store changes. */
export class View extends LitElement {
  #ends: Array<() => void> = [];

  /** The stores besides the language whose changes are to be seen. */
  protected stores(): ReadonlyArray<Store<unknown>> {
    return [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ends = [language as Store<unknown>, ...this.stores()].map(store =>
      store.watch(() => this.requestUpdate()));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#ends.forEach(end => end());
  }
}

export const controls = css`
  :host { box-sizing: border-box; }
  *, *::before, *::after { box-sizing: inherit; }
  [hidden] { display: none !important; }
  button, input, select {
    background: var(--bg-2);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    color: var(--fg);
    font: inherit;
    height: var(--row);
    padding: 0 10px;
  }
  button, select { cursor: pointer; }
  button:hover:enabled, select:hover { background: var(--bg-3); }
  button[aria-pressed='true'], button[aria-current='page'] {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--on-accent);
  }
  button:disabled { cursor: default; opacity: .5; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
  kbd {
    background: var(--bg-3);
    border: 1px solid var(--line);
    border-radius: 3px;
    font: 600 12px/1 Inter, system-ui, sans-serif;
    padding: 2px 6px;
  }
  @media (prefers-reduced-motion: no-preference) {
    button { transition: background-color .12s; }
  }
`;
