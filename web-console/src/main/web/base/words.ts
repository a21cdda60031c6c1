import {en} from './words-en.ts';
import {keep, recall} from './kept.ts';
import {ky} from './words-ky.ts';
import {ru} from './words-ru.ts';
import {Store} from './store.ts';

export type Language = 'ru' | 'ky' | 'en';
export type WordKey = keyof typeof ru;
/** All texts of a language; one that lacks a key does not compile. */
export type Words = Readonly<Record<WordKey, string>>;

export const LANGUAGES: Readonly<Record<Language, Words>> = {ru, ky, en};

const NAME = 'language';

function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && Object.hasOwn(LANGUAGES, value);
}

/** The language asked for in the address, else that of before, else the browser's first we know. */
function first(): Language {
  const asked = new URLSearchParams(location.search).get('lang');
  const kept = recall(NAME);
  const known = navigator.languages.map(tag => tag.slice(0, 2)).find(isLanguage);
  return isLanguage(asked) ? asked : isLanguage(kept) ? kept : known ?? 'en';
}

export const language = new Store<Language>(first());

/** A text in the language of now; `{name}` stands for the value of that name. */
export function t(key: WordKey, values: Record<string, string | number> = {}): string {
  return fill(LANGUAGES[language.value][key], values);
}

export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

function show(): void {
  document.documentElement.lang = language.value;
}

language.watch(value => {
  keep(NAME, value);
  show();
});
show();
