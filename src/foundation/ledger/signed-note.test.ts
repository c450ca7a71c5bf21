import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkpointText, parseCheckpoint } from './checkpoint.ts';
import {
  newSigner,
  parseNote,
  parseVerifierKey,
  pemOf,
  signedAt,
  signerOf,
  signNote,
  verifierKey,
  type Note,
} from './signed-note.ts';

describe('the published example of signed notes', () => {
  const key = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
  const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
  const line =
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

  test('verifies, and no longer when a letter is changed', () => {
    const verifier = parseVerifierKey(key)!;
    expect(verifierKey(verifier)).toBe(key);
    expect(signedAt(parseNote(`${text}\n${line}`)!, verifier)).toBe(0);
    expect(signedAt(parseNote(`${text.replace('answer', 'Answer')}\n${line}`)!, verifier)).toBeNull();
    expect(signedAt(parseNote(`${text}\n${line.replace('x08go', 'x08gp')}`)!, verifier)).toBeNull();
  });
});

const log = newSigner('sen.example/ledger', 1);
const witness = newSigner('witness.example/w1', 4);
const text = checkpointText({ origin: log.name, size: 12, root: Buffer.alloc(32, 7) });
const noteOf = (...lines: string[]): Note => parseNote(`${text}\n${lines.join('')}`)!;

test('a checkpoint carries the signature of its log and the cosignatures of witnesses', () => {
  const note = noteOf(signNote(text, log), signNote(text, witness, 1_764_300_000));
  expect(signedAt(note, log)).toBe(0);
  expect(signedAt(note, witness)).toBe(1_764_300_000);
  expect(signedAt(note, newSigner(log.name, 1))).toBeNull();
  const cosigned = `${text}\n${signNote(text, log)}${signNote(text, witness, 5)}`;
  expect(parseCheckpoint(cosigned)).toMatchObject({ origin: log.name, size: 12 });
});

test('a cosignature is not one for another time, and a plain signature is no cosignature', () => {
  const line = signNote(text, witness, 1_000);
  const bytes = Buffer.from(line.split(' ')[2]!, 'base64');
  bytes.writeBigUInt64BE(1_001n, 4);
  expect(signedAt(noteOf(`— ${witness.name} ${bytes.toString('base64')}\n`), witness)).toBeNull();
  const asLog = signerOf(witness.name, 1, pemOf(witness));
  expect(signedAt(noteOf(signNote(text, asLog)), witness)).toBeNull();
});

test('keys are read back, and nothing that only looks like one', () => {
  expect(parseVerifierKey(verifierKey(witness))).toMatchObject({ name: witness.name, type: 4 });
  const [name = '', id = '', key = ''] = verifierKey(log).split('+');
  expect(parseVerifierKey(`${name}+${id}+${key}`)?.name ?? '').toBe(
    verifierKey(log).split('+').length === 3 ? name : '',
  );
  expect(parseVerifierKey(`other+${verifierKey(log).split('+').slice(1).join('+')}`)).toBeNull();
  expect(parseVerifierKey(`${name}+00000000+${key}`)).toBeNull();
  expect(() => signerOf('a name', 1, pemOf(log))).toThrow('cannot be named');
});

test('hostile texts are refused without a throw', () => {
  const bad = [
    '',
    '\n\n',
    'a\n\n— x y\n',
    'a\n\n— x AAAA',
    `${text}\n`,
    `${text}\u0000\n— x AAAAAAAA\n`,
    `${'x\n'.repeat(40_000)}\n— x AAAAAAAA\n`,
  ];
  for (const source of bad) expect(parseNote(source)).toBeNull();
  for (const head of ['x\n01\n', 'x\n-1\n', 'x\n1e3\n', 'x\n99999999999999999999\n', 'a b\n1\n', '\n1\n'])
    expect(parseCheckpoint(`${head}${Buffer.alloc(32).toString('base64')}\n\n${signNote(text, log)}`)).toBeNull();
  fc.assert(
    fc.property(
      fc.string({ maxLength: 300 }),
      (source) => void [parseNote(source), parseCheckpoint(source), parseVerifierKey(source)],
    ),
  );
});
