import {css} from 'lit';

export const wallStyles = css`
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
`;
