import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bindableVersion, crdFacts, keywordCounts, schemaFacts } from '../facts.mjs';

test('drops the prose of every nested schema', () => {
  const schema = {
    description: 'a',
    title: 'b',
    example: 1,
    externalDocs: { url: 'c' },
    properties: {
      list: { items: { description: 'd', type: 'string' } },
      map: { additionalProperties: { description: 'e', type: 'object' } },
    },
    oneOf: [{ description: 'f', required: ['list'] }],
    not: { description: 'g', required: ['map'] },
  };
  assert.deepEqual(schemaFacts(schema), {
    properties: { list: { items: { type: 'string' } }, map: { additionalProperties: { type: 'object' } } },
    oneOf: [{ required: ['list'] }],
    not: { required: ['map'] },
  });
});

test('keeps a property that is itself named description or message', () => {
  const schema = {
    properties: { description: { type: 'string', description: 'a' }, message: { type: 'string' } },
    required: ['description'],
  };
  assert.deepEqual(schemaFacts(schema), {
    properties: { description: { type: 'string' }, message: { type: 'string' } },
    required: ['description'],
  });
});

test('keeps a default with a key named description', () => {
  assert.deepEqual(schemaFacts({ type: 'object', default: { description: 'none' } }), {
    type: 'object',
    default: { description: 'none' },
  });
});

test('keeps a CEL rule and drops its message texts', () => {
  const rule = { rule: 'self > 0', reason: 'FieldValueInvalid', fieldPath: '.a' };
  const schema = { 'x-kubernetes-validations': [{ ...rule, message: 'positive', messageExpression: '"positive"' }] };
  assert.deepEqual(schemaFacts(schema), { 'x-kubernetes-validations': [rule] });
});

test('takes v1 where it is served, else the stored version', () => {
  const alpha = { name: 'v1alpha1', served: true, storage: true };
  assert.equal(bindableVersion([alpha, { name: 'v1', served: true, storage: false }]).name, 'v1');
  assert.equal(bindableVersion([alpha, { name: 'v1', served: false, storage: false }]).name, 'v1alpha1');
});

test('drops labels, printer columns and conversion of a definition', () => {
  const schema = { openAPIV3Schema: { type: 'object' } };
  const version = { name: 'v1', served: true, storage: true, schema, subresources: { status: {} } };
  const names = { kind: 'Thing', plural: 'things' };
  const crd = {
    metadata: { name: 'things.example.org', labels: { a: 'b' } },
    spec: {
      group: 'example.org',
      names,
      scope: 'Namespaced',
      conversion: { strategy: 'None' },
      versions: [{ ...version, additionalPrinterColumns: [{ name: 'Age' }] }],
    },
  };
  assert.deepEqual(crdFacts(crd), {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.example.org' },
    spec: { group: 'example.org', names, scope: 'Namespaced', versions: [version] },
  });
});

test('counts a keyword at every depth', () => {
  assert.deepEqual(
    keywordCounts({ a: { enum: [1] }, b: [{ enum: [2], 'x-kubernetes-validations': [{ rule: 'true' }] }] }),
    { enum: 2, rule: 1, 'x-kubernetes-validations': 1 },
  );
});
