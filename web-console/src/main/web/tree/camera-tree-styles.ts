import {css} from 'lit';

export const treeStyles = css`
  :host { display: flex; flex-direction: column; gap: 6px; min-height: 0; padding: 8px; }
  input { width: 100%; }
  .said { color: var(--fg-2); min-height: 18px; padding: 0 4px; }
  .said:empty { display: none; }
  .list { flex: 1; min-height: 0; overflow: auto; }
  .row {
    align-items: center;
    border-radius: var(--radius);
    cursor: pointer;
    display: flex;
    gap: 6px;
    height: 28px;
    padding-right: 6px;
    white-space: nowrap;
  }
  .row:hover { background: var(--bg-2); }
  .row[aria-selected='true'] { background: var(--bg-3); }
  .list:focus-visible .row[aria-selected='true'] { box-shadow: inset 0 0 0 2px var(--accent); }
  .list:focus-visible { outline: none; }
  .level-1 { padding-left: 6px; } .level-2 { padding-left: 20px; }
  .level-3 { padding-left: 34px; } .level-4 { padding-left: 48px; }
  .level-5 { padding-left: 62px; } .level-6 { padding-left: 76px; }
  .level-7 { padding-left: 90px; } .level-8 { padding-left: 104px; }
  .unit { font-weight: 600; }
  .all, .nothing { color: var(--fg-2); }
  .arrow { color: var(--fg-2); text-align: center; width: 12px; }
  .name { flex: 1; overflow: hidden; text-overflow: ellipsis; }
  .shown { color: var(--accent); }
  .lamp { background: var(--fg-2); border-radius: 50%; flex: none; height: 8px; opacity: .5; width: 8px; }
  .lamp.recording, .lamp.streaming, .lamp.connecting, .lamp.failing { opacity: 1; }
  .lamp.recording { background: var(--live); }
  .lamp.streaming { background: var(--accent); }
  .lamp.connecting { background: var(--warn); border-radius: 2px; }
  .lamp.failing { background: var(--rec); border-radius: 0; }
`;
