import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bindable } from '../binding.mjs';

const JAVA = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'src', 'main', 'java');

test('no generated class tells when it was made', () => {
  const classes = fs.readdirSync(JAVA, { recursive: true }).filter((name) => name.endsWith('.java'));
  assert.ok(classes.length > 1000, `only ${classes.length} classes in ${JAVA}`);
  for (const name of classes)
    assert.doesNotMatch(
      fs.readFileSync(path.join(JAVA, name), 'utf8'),
      /@javax\.annotation\.Generated\([^)]*date/,
      name,
    );
});

test('every group has its package', () => {
  for (const [type, folder] of Object.entries({
    VirtualService: 'imports/io/istio/networking',
    PeerAuthentication: 'imports/io/istio/security',
    Telemetry: 'imports/io/istio/telemetry',
    WasmPlugin: 'imports/io/istio/extensions',
    Rollout: 'imports/io/argoproj',
    IpAddressPool: 'imports/io/metallb',
    ClusterIssuer: 'imports/io/cert_manager',
    ExternalSecret: 'imports/io/external_secrets',
    ScaledObject: 'imports/sh/keda',
    HttpRoute: 'imports/io/k8s/networking/gateway',
    KubeDeployment: 'org/cdk8s/plus34/k8s',
  }))
    assert.ok(fs.existsSync(path.join(JAVA, folder, `${type}.java`)), `${folder}/${type}.java`);
});

test('a whole pod inside a kind stays untyped', () => {
  const untyped = bindable(
    crd('Rollout', { template: { type: 'object', properties: { spec: {} } }, replicas: { type: 'integer' } }),
  );
  assert.deepEqual(specOf(untyped), {
    template: { 'x-kubernetes-preserve-unknown-fields': true },
    replicas: { type: 'integer' },
  });
});

test('a part that upstream has moved is refused', () => {
  assert.throws(
    () => bindable(crd('Rollout', { replicas: { type: 'integer' } })),
    /^Error: Rollout: has no spec\.template; correct binding\.mjs$/,
  );
});

function crd(kind, spec) {
  return {
    spec: {
      names: { kind },
      versions: [{ schema: { openAPIV3Schema: { properties: { spec: { type: 'object', properties: spec } } } } }],
    },
  };
}

function specOf(bound) {
  return bound.spec.versions[0].schema.openAPIV3Schema.properties.spec.properties;
}
