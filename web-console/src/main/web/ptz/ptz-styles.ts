import {css} from 'lit';

export const ptzStyles = css`
  :host { cursor: crosshair; inset: 0; outline: none; position: absolute; touch-action: none; }
  :host(:focus-visible) { box-shadow: inset 0 0 0 2px #37c871; }
  .field { inset: 0; position: absolute; }
  .state, .foot { display: flex; flex-wrap: wrap; gap: 6px; left: 8px; position: absolute; right: 8px; }
  .state { pointer-events: none; top: 30px; }
  .foot { bottom: 28px; }
  span { background: #000a; border-radius: 3px; color: #e8eef4; padding: 1px 6px; }
  .hold { border-left: 3px solid #ffb020; }
  .hold.own { border-left-color: #37c871; }
  .where:empty { display: none; }
  .foot button { height: 24px; }
`;
