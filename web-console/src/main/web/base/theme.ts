import {keep, recall} from './kept.ts';
import {Store} from './store.ts';

export type Theme = 'dark' | 'light' | 'system';

const NAME = 'theme';
const light = matchMedia('(prefers-color-scheme: light)');

function kept(): Theme {
  const value = recall(NAME);
  return value === 'dark' || value === 'light' ? value : 'system';
}

/** Colours of choice; `system` follows the browser's preference. */
export const theme = new Store<Theme>(kept());

/** What is shown now. */
export function shownTheme(): 'dark' | 'light' {
  return theme.value === 'system' ? (light.matches ? 'light' : 'dark') : theme.value;
}

function show(): void {
  document.documentElement.dataset['theme'] = shownTheme();
}

theme.watch(value => {
  keep(NAME, value);
  show();
});
light.addEventListener('change', show);
show();
