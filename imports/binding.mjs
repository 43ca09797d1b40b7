// What a Java binding leaves untyped: a repeated or foreign part whose classes would outnumber those of the kind itself.
// Such a part takes a map in Java; its full schema stays in crds/, so validation misses nothing.

const UNTYPED = {
  // a whole pod or job: cdk8s-plus's own classes make it
  Rollout: ['spec.template'],
  AnalysisTemplate: ['spec.metrics.provider.job.spec'],
  Issuer: ['spec.acme.solvers.http01.*.podTemplate'],
  ClusterIssuer: ['spec.acme.solvers.http01.*.podTemplate'],
  // generators within generators, and a copy of the Application in each of them
  ApplicationSet: [
    'spec.generators.*.template',
    'spec.generators.matrix.generators',
    'spec.generators.merge.generators',
  ],
};

// Stores name one provider each: those of our platforms are typed, the other thirty take a map.
const TYPED_PROVIDERS = ['azurekv', 'kubernetes', 'vault'];

/** The definition that the importer sees; throws when a path above leads nowhere, as after an upstream change. */
export function bindable(crd) {
  const copy = structuredClone(crd);
  const { kind } = copy.spec.names;
  const schema = copy.spec.versions[0].schema.openAPIV3Schema;
  for (const path of UNTYPED[kind] ?? []) {
    if (!untype(schema, path.split('.'))) throw new Error(`${kind}: has no ${path}; correct binding.mjs`);
  }
  if (kind.endsWith('SecretStore')) untypeProviders(schema.properties.spec.properties.provider.properties);
  return copy;
}

function untype(schema, [name, ...rest]) {
  const { properties } = schema.items ?? schema;
  const names = name === '*' ? Object.keys(properties) : [name].filter((known) => properties?.[known]);
  let met = false;
  for (const known of names) {
    if (rest.length) met = untype(properties[known], rest) || met;
    else {
      properties[known] = anything();
      met = true;
    }
  }
  return met;
}

function untypeProviders(providers) {
  for (const name of Object.keys(providers)) if (!TYPED_PROVIDERS.includes(name)) providers[name] = anything();
}

function anything() {
  return { 'x-kubernetes-preserve-unknown-fields': true };
}
