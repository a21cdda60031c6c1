import {en} from '../../main/web/base/words-en.ts';
import {ky} from '../../main/web/base/words-ky.ts';
import {ru} from '../../main/web/base/words-ru.ts';
import assert from 'node:assert/strict';
import {test} from 'node:test';

const ALL: Record<string, Record<string, string>> = {ru, ky, en};
const LONG = 12;

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\w+\}/g)].map(match => match[0]).sort();
}

test('no language lacks a key, and none has one too many', () => {
  const keys = Object.keys(ru).sort();
  for (const [language, words] of Object.entries(ALL)) {
    assert.deepEqual(Object.keys(words).sort(), keys, language);
  }
});

test('every text says something and takes the same values', () => {
  for (const [language, words] of Object.entries(ALL)) {
    for (const [key, text] of Object.entries(words)) {
      assert(text.trim().length > 0, `${language} ${key}`);
      const master = (ru as Record<string, string>)[key] ?? '';
      assert.deepEqual(placeholders(text), placeholders(master), `${language} ${key}`);
    }
  }
});

test('no text was left in another language', () => {
  for (const key of Object.keys(ru) as Array<keyof typeof ru>) {
    assert(!/[а-яё]/i.test(en[key]), `en ${key}`);
    const letters = ru[key].replace(/\{\w+\}|[^а-яё]/gi, '');
    assert(letters.length < LONG || ru[key] !== ky[key], `ky ${key}`);
    const latin = ky[key].replace(/\{\w+\}|Enter/g, '');
    assert(!/[a-z]{3}/i.test(latin), `ky ${key}`);
  }
});
