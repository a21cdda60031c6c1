import {css, html} from 'lit';
import type {TemplateResult} from 'lit';
import {View, controls} from '../base/view.ts';
import {t} from '../base/words.ts';
import type {WordKey} from '../base/words.ts';

const KEYS: ReadonlyArray<readonly [string[], WordKey]> = [
  [['1', '4', '6', '8', '9', '0'], 'keys.layout'],
  [['←', '→', '↑', '↓'], 'keys.move'],
  [['Enter'], 'keys.enter'],
  [['Esc'], 'keys.escape'],
  [['PgUp', 'PgDn'], 'keys.next'],
  [['Delete'], 'keys.remove'],
  [['P'], 'keys.steer'],
  [['←', '→', '↑', '↓', '+', '−', '1…9', 'Home'], 'keys.steering'],
  [['/'], 'keys.search'],
  [['B'], 'keys.tree'],
  [['F'], 'keys.full'],
  [['?'], 'keys.sheet']
];

/** The keys, in a dialog. */
export class KeySheet extends View {
  show(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  protected override render(): TemplateResult {
    return html`
      <dialog aria-labelledby="title" @click=${this.#clicked}>
        <h2 id="title">${t('keys.title')}</h2>
        <dl>
          ${KEYS.map(([keys, words]) => html`
            <dt>${keys.map(key => html`<kbd>${key}</kbd> `)}</dt><dd>${t(words)}</dd>`)}
        </dl>
        <form method="dialog"><button autofocus>${t('close')}</button></form>
      </dialog>`;
  }

  /** Beside the dialog: on what is behind it. */
  #clicked(event: Event): void {
    if (event.target instanceof HTMLDialogElement) {
      event.target.close();
    }
  }

  static override styles = [controls, css`
    dialog {
      background: var(--bg-1);
      border: 1px solid var(--line);
      border-radius: 6px;
      color: var(--fg);
      padding: 20px 24px;
    }
    dialog::backdrop { background: #000a; }
    h2 { font-size: 16px; margin: 0 0 14px; }
    dl { display: grid; gap: 8px 18px; grid-template-columns: max-content 1fr; margin: 0 0 18px; }
    dd { margin: 0; }
    form { text-align: right; }
  `];
}

customElements.define('sakchy-key-sheet', KeySheet);
