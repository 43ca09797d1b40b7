import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enumerations, kubernetesFacts } from '../kubernetes.mjs';

const GROUPED = { 'x-kubernetes-group-version-kind': [{ group: 'apps', version: 'v1', kind: 'Thing' }] };
const DEFINITIONS = {
  'io.k8s.api.apps.v1.Thing': {
    ...GROUPED,
    description: 'a',
    type: 'object',
    properties: {
      spec: { $ref: '#/definitions/io.k8s.api.apps.v1.ThingSpec' },
      status: { $ref: '#/definitions/io.k8s.api.apps.v1.ThingStatus' },
    },
  },
  'io.k8s.api.apps.v1.ThingSpec': {
    description: 'b',
    type: 'object',
    required: ['mode'],
    properties: {
      mode: { type: 'string', description: 'c', default: '' },
      ports: {
        type: 'array',
        items: { $ref: '#/definitions/io.k8s.apimachinery.pkg.util.intstr.IntOrString' },
        'x-kubernetes-list-type': 'set',
      },
    },
  },
  'io.k8s.api.apps.v1.ThingStatus': { type: 'object' },
  'io.k8s.api.apps.v1.Unused': { type: 'object' },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { type: 'string', format: 'int-or-string' },
};
const SOURCE = `func schema_k8sio_api_apps_v1_ThingSpec(ref common.ReferenceCallback) common.OpenAPIDefinition {
\t\t\t\t\t"mode": {
\t\t\t\t\t\tSchemaProps: spec.SchemaProps{
\t\t\t\t\t\t\tEnum:        []interface{}{"Auto", "Manual"},
`;

test('keeps kinds by version and name, and what they refer to', () => {
  const facts = kubernetesFacts(DEFINITIONS, enumerations(SOURCE));
  assert.deepEqual(Object.keys(facts).sort(), ['apps.v1.ThingSpec', 'apps/v1 Thing', 'intstr.IntOrString']);
  assert.deepEqual(facts['apps/v1 Thing'].properties.spec, { $ref: 'apps.v1.ThingSpec' });
});

test('leaves status open, since nobody applies it', () => {
  const facts = kubernetesFacts(DEFINITIONS, new Map());
  assert.deepEqual(facts['apps/v1 Thing'].properties.status, {
    type: 'object',
    'x-kubernetes-preserve-unknown-fields': true,
  });
});

test('joins the choices of the generated source with the definition', () => {
  const { properties } = kubernetesFacts(DEFINITIONS, enumerations(SOURCE))['apps.v1.ThingSpec'];
  assert.deepEqual(properties, {
    mode: { type: 'string', enum: ['Auto', 'Manual'] },
    ports: { type: 'array', items: { $ref: 'intstr.IntOrString' } },
  });
});

test('fails on a reference to nothing', () => {
  const broken = { 'io.k8s.api.apps.v1.Thing': DEFINITIONS['io.k8s.api.apps.v1.Thing'] };
  assert.throws(() => kubernetesFacts(broken, new Map()), /ThingSpec: is referred to and not defined/);
});
