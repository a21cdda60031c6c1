import {css, html, nothing} from 'lit';
import type {PropertyDeclarations, TemplateResult} from 'lit';
import {LANGUAGES, language, t} from '../base/words.ts';
import {View, controls} from '../base/view.ts';
import {day, serverNow, timeOfDay} from '../base/clock.ts';
import {shownTheme, theme} from '../base/theme.ts';
import type {Language} from '../base/words.ts';
import type {Session} from '../server/session.ts';
import type {Store} from '../base/store.ts';

const TICK_MILLIS = 500;

/** Where one can go, what time it is, language, colours and who is signed in. */
export class TopBar extends View {
  static override properties: PropertyDeclarations = {
    session: {attribute: false},
    now: {state: true}
  };

  declare session: Session | null;
  private declare now: string;

  #tick: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.session = null;
    this.now = '';
  }

  protected override stores(): ReadonlyArray<Store<unknown>> {
    return [theme as Store<unknown>];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const show = (): void => {
      const moment = new Date(serverNow());
      this.now = `${day(moment)} ${timeOfDay(moment)}`;
    };
    show();
    this.#tick = setInterval(show, TICK_MILLIS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#tick);
  }

  protected override render(): TemplateResult {
    const other = shownTheme() === 'dark' ? 'light' : 'dark';
    return html`
      <header>
        <h1><img src="/icon.svg" alt="" width="18" height="18">Sakchy</h1>
        <nav aria-label=${t('nav.title')}>
          <a href="#/wall" aria-current="page">${t('nav.wall')}</a>
          <a href="/cameras?lang=${language.value}">${t('nav.cameras')}</a>
        </nav>
        <time title=${t('clock.zone')}>${this.now}</time>
        <div class="end">
          <div role="group" aria-label=${t('language')} class="languages">
            ${(Object.keys(LANGUAGES) as Language[]).map(code => html`
              <button lang=${code} aria-pressed=${language.value === code}
                title=${LANGUAGES[code]['language.name']} @click=${() => language.set(code)}
                >${code.toUpperCase()}</button>`)}
          </div>
          <button @click=${() => theme.set(other)} title=${t(`theme.${other}`)}
            aria-label=${t(`theme.${other}`)}>${other === 'light' ? '☀' : '☾'}</button>
          <button @click=${() => this.#fire('keys')} title=${`${t('keys.title')} (?)`}
            aria-label=${t('keys.title')}>?</button>
          ${this.session === null ? nothing : html`
            <span class="who" dir="auto">${this.session.displayName}</span>
            <button @click=${() => this.#fire('leave')}>${t('signOut')}</button>`}
        </div>
      </header>`;
  }

  #fire(type: string): void {
    this.dispatchEvent(new CustomEvent(type));
  }

  static override styles = [controls, css`
    header {
      align-items: center;
      background: var(--bg-1);
      border-bottom: 1px solid var(--line);
      display: flex;
      flex-wrap: wrap;
      gap: 6px 18px;
      min-height: 44px;
      padding: 0 12px;
    }
    h1 { align-items: center; display: flex; font-size: 15px; font-weight: 600; gap: 8px; margin: 0; }
    nav { display: flex; gap: 4px; }
    a {
      border-radius: var(--radius);
      color: var(--fg-2);
      padding: 5px 10px;
      text-decoration: none;
    }
    a:hover { background: var(--bg-2); color: var(--fg); }
    a[aria-current='page'] { background: var(--bg-3); color: var(--fg); }
    time { font-size: 15px; font-weight: 600; margin: 0 auto; }
    .end { align-items: center; display: flex; gap: 8px; }
    .languages { display: flex; }
    .languages button { border-radius: 0; margin-left: -1px; padding: 0 8px; }
    .languages button:first-child { border-radius: var(--radius) 0 0 var(--radius); }
    .languages button:last-child { border-radius: 0 var(--radius) var(--radius) 0; }
    .who { color: var(--fg-2); max-width: 200px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  `];
}

customElements.define('sakchy-top-bar', TopBar);
