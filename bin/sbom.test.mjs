// The bill of materials names everything that is shipped, and nothing in it binds those who use the product.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { billOfMaterials, licenceList } from './sbom.mjs';
import { root } from './setup.mjs';

const bill = billOfMaterials();
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

describe('the bill of materials', () => {
  test('is CycloneDX with every dependency in it once, by version and digest', () => {
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
    const refs = bill.components.map((component) => component['bom-ref']);
    expect(new Set(refs).size).toBe(refs.length);
    for (const [name, version] of Object.entries(dependencies))
      expect(bill.components).toContainEqual(expect.objectContaining({ name, version }));
    const bare = bill.components.filter(
      ({ hashes, version }) => hashes.length === 0 || !/^\d+\.\d+\.\d+/.test(version),
    );
    expect(bare.map(({ name }) => name)).toEqual([]);
  });
  test('is the same each time', () => {
    expect(JSON.stringify(billOfMaterials())).toBe(JSON.stringify(bill));
  });
  test('says a licence for each, and none that reaches into what is shipped with it', () => {
    const lines = licenceList(bill);
    expect(lines.filter((line) => line.endsWith('\tunknown'))).toEqual([]);
    const binding = lines.filter(
      (line) => /\t(.*(AGPL|GPL|SSPL|BUSL|EUPL|CC-BY-NC|UNLICENSED).*)$/.test(line) && !/ OR /.test(line),
    );
    // LGPL, unmodified, a package of its own that anybody may put another version of in its place: docs/adr/dependencies.md.
    const replaceable = /^libheif-js \S+\tLGPL-3\.0$/;
    expect(binding.filter((line) => !replaceable.test(line))).toEqual([]);
  });
  test('leaves out what only developers need, unless asked', () => {
    expect(bill.components.map(({ name }) => name)).not.toContain('vitest');
    expect(billOfMaterials({ development: true }).components.map(({ name }) => name)).toContain('vitest');
  });
});
