import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';
import { eachSchema, keywordCounts } from '../facts.mjs';

const HERE = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const ISTIO = {
  'networking.istio.io': [
    'DestinationRule',
    'EnvoyFilter',
    'Gateway',
    'ProxyConfig',
    'ServiceEntry',
    'Sidecar',
    'VirtualService',
    'WorkloadEntry',
    'WorkloadGroup',
  ],
  'security.istio.io': ['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'],
  'telemetry.istio.io': ['Telemetry'],
  'extensions.istio.io': ['WasmPlugin'],
};
const OTHERS = {
  'argoproj.io': ['AnalysisTemplate', 'AppProject', 'Application', 'ApplicationSet', 'Rollout'],
  'metallb.io': ['IPAddressPool', 'L2Advertisement'],
  'cert-manager.io': ['Certificate', 'ClusterIssuer', 'Issuer'],
  'external-secrets.io': ['ClusterSecretStore', 'ExternalSecret', 'SecretStore'],
  'keda.sh': ['ScaledObject'],
  'kustomize.toolkit.fluxcd.io': ['Kustomization'],
  'source.toolkit.fluxcd.io': ['GitRepository', 'HelmRepository', 'OCIRepository'],
  'helm.toolkit.fluxcd.io': ['HelmRelease'],
  'notification.toolkit.fluxcd.io': ['Alert', 'Provider'],
  'monitoring.coreos.com': ['PodMonitor', 'PrometheusRule', 'ServiceMonitor'],
  'gateway.networking.k8s.io': ['Gateway', 'HTTPRoute'],
};
const EXPECTED = {
  ...Object.fromEntries(
    ['istio-1.23', 'istio-1.26', 'istio-1.30', 'istio-1.31'].flatMap((folder) => inFolder(folder, ISTIO)),
  ),
  ...Object.fromEntries(inFolder('', OTHERS)),
};

const crdsOf = Object.fromEntries(
  yamlFiles().map((file) => [file, parseAllDocuments(text(`crds/${file}`)).map((document) => document.toJS())]),
);
const upstream = JSON.parse(text('crds/upstream-facts.json'));

test('every kind that the platforms use is there', () => {
  for (const [file, kinds] of Object.entries(EXPECTED)) {
    const known = (crdsOf[file] ?? []).map((crd) => crd.spec.names.kind);
    assert.deepEqual(
      kinds.filter((kind) => !known.includes(kind)),
      [],
      file,
    );
  }
});

test('a file holds one API group and bears its name', () => {
  eachCrd((crd, file) =>
    assert.equal(`${crd.spec.group}.yaml`, path.posix.basename(file), `${file} ${crd.spec.names.kind}`),
  );
});

test('a kind occurs once in a file, with one version', () => {
  for (const [file, crds] of Object.entries(crdsOf))
    assert.equal(new Set(crds.map((crd) => crd.spec.names.kind)).size, crds.length, file);
  eachCrd((crd, file) => assert.equal(crd.spec.versions.length, 1, `${file} ${crd.spec.names.kind}`));
});

test('no schema carries prose', () => {
  eachCrd((crd, file) =>
    eachSchema(schemaOf(crd), `${file} ${crd.spec.names.kind}`, (schema, place) => {
      for (const prose of ['description', 'title', 'example', 'externalDocs'])
        assert.ok(!(prose in schema), `${place}: ${prose}`);
      for (const rule of schema['x-kubernetes-validations'] ?? [])
        assert.ok(!('message' in rule) && !('messageExpression' in rule), `${place}: message of ${rule.rule}`);
    }),
  );
});

test('every keyword occurs as often as upstream', () => {
  const kept = Object.fromEntries(
    Object.entries(crdsOf).map(([file, crds]) => [
      file,
      Object.fromEntries(crds.map((crd) => [crd.spec.names.kind, keywordCounts(crd.spec.versions[0].schema)])),
    ]),
  );
  assert.deepEqual(kept, upstream);
});

test('a property named description is still a property', () => {
  const project = crdsOf['argoproj.io.yaml'].find((crd) => crd.spec.names.kind === 'AppProject');
  assert.deepEqual(schemaOf(project).properties.spec.properties.description.type, 'string');
});

test('the index lists every file', () => {
  assert.deepEqual(text('crds/index.txt').trim().split('\n'), yamlFiles());
});

test('the bindings come from every group but those that have models, once, and from Istio 1.26', () => {
  const modelled = [
    'autoscaling.k8s.io.yaml',
    'helm.toolkit.fluxcd.io.yaml',
    'kustomize.toolkit.fluxcd.io.yaml',
    'monitoring.coreos.com.yaml',
    'notification.toolkit.fluxcd.io.yaml',
    'source.toolkit.fluxcd.io.yaml',
  ];
  const bound = parse(text('cdk8s.yaml')).imports;
  assert.deepEqual(
    bound.toSorted(),
    yamlFiles()
      .filter((file) => !/^istio-(?!1\.26)/.test(file) && !modelled.includes(file))
      .map((file) => `crds/${file}`),
  );
});

function inFolder(folder, groups) {
  return Object.entries(groups).map(([group, kinds]) => [path.posix.join(folder, `${group}.yaml`), kinds]);
}

function eachCrd(visit) {
  for (const [file, crds] of Object.entries(crdsOf)) for (const crd of crds) visit(crd, file);
}

function schemaOf(crd) {
  return crd.spec.versions[0].schema.openAPIV3Schema;
}

function yamlFiles() {
  return fs
    .readdirSync(path.join(HERE, 'crds'), { recursive: true })
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => name.endsWith('.yaml'))
    .sort();
}

function text(file) {
  return fs.readFileSync(path.join(HERE, file), 'utf8');
}
