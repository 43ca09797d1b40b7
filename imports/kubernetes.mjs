// Reduces Kubernetes' OpenAPI definitions to the facts that a validation needs, in the words of a CRD's schema.
//
// Kept: types, formats, required fields, and the choices of enumerations, which stand in the generated Go source only.
// Dropped: prose, status (nobody applies it), lists, what no kept kind refers to, and how lists are merged, since only a
// server-side apply asks that.

const PREFIX = '#/definitions/';
const KEPT = ['type', 'format', 'required', 'enum', 'additionalProperties', 'items', 'properties'];
const OPEN = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
// What is read in a way of its own (apimachinery: intstr, resource.Quantity; apiextensions: types_jsonschema.go).
const OWN = {
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { 'x-kubernetes-int-or-string': true },
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { format: 'quantity' },
  'io.k8s.apimachinery.pkg.runtime.RawExtension': OPEN,
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': OPEN,
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON': {},
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray': {},
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool': {},
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray': {},
};
// Fields that the definitions require and the API server takes when they are not written, as its defaults or zero.
const NOT_REQUIRED = {
  'io.k8s.api.core.v1.HTTPHeader': ['value'],
  'io.k8s.api.core.v1.ISCSIPersistentVolumeSource': ['lun'],
  'io.k8s.api.core.v1.ISCSIVolumeSource': ['lun'],
  'io.k8s.api.core.v1.LimitRangeSpec': ['limits'],
  'io.k8s.api.core.v1.PreferredSchedulingTerm': ['preference'],
  'io.k8s.api.core.v1.Sysctl': ['value'],
  'io.k8s.api.core.v1.TypedLocalObjectReference': ['kind', 'name'],
  'io.k8s.api.storage.v1.CSIDriver': ['spec'],
};
// Requests and answers of the API, of which no object remains.
const PASSING = /^(APIGroup|APIGroupList|APIResourceList|APIVersions|DeleteOptions|Status|WatchEvent)$/;

/** The facts by name: kinds under `apiVersion Kind`, the rest under the last two parts of their name. */
export function kubernetesFacts(definitions, choices) {
  const names = new Map(Object.entries(definitions).map(([name, definition]) => [name, shortName(name, definition)]));
  const facts = {};
  const visit = (name) => {
    const short = names.get(name) ?? fail(name);
    if (short in facts) return;
    facts[short] = null;
    const required = definitions[name].required?.filter((field) => !NOT_REQUIRED[name]?.includes(field));
    const definition = required?.length ? { ...definitions[name], required } : omit(definitions[name], 'required');
    facts[short] =
      OWN[name] ??
      schema(definition, (ref) => (visit(ref), names.get(ref)), choices.get(name) ?? {}, isKind(definition));
  };
  for (const [name, definition] of Object.entries(definitions))
    if (isKind(definition) && !isPassing(definition)) visit(name);
  return facts;
}

/** The choices of each property of each type by its OpenAPI name, from zz_generated.openapi.go. */
export function enumerations(source) {
  const choices = new Map();
  let type, property;
  for (const line of source.split('\n')) {
    const begins = /^func schema_k8sio_api_(\w+?)_(v\d\w*?)_(\w+)\(/.exec(line);
    if (line.startsWith('func ')) type = begins && `io.k8s.api.${begins[1]}.${begins[2]}.${begins[3]}`;
    property = /^\t{5}"([^"]+)": \{$/.exec(line)?.[1] ?? property;
    const list = /^\t+Enum: +\[\]interface\{\}\{(.*)\},$/.exec(line);
    if (type && list) choices.set(type, { ...choices.get(type), [property]: JSON.parse(`[${list[1]}]`) });
  }
  return choices;
}

function isKind(definition) {
  return 'x-kubernetes-group-version-kind' in definition;
}

function isPassing(definition) {
  const [{ kind }] = definition['x-kubernetes-group-version-kind'];
  return (
    PASSING.test(kind) ||
    (definition.properties?.items !== undefined && definition.properties.metadata?.$ref?.endsWith('ListMeta'))
  );
}

function shortName(name, definition) {
  const kinds = definition['x-kubernetes-group-version-kind'];
  if (kinds?.length !== 1)
    return name
      .split('.')
      .slice(name.startsWith('io.k8s.api.') ? -3 : -2)
      .join('.');
  const [{ group, version, kind }] = kinds;
  return `${group ? `${group}/` : ''}${version} ${kind}`;
}

function schema(definition, link, choices, whole) {
  if (definition.$ref) return { $ref: link(definition.$ref.slice(PREFIX.length)) };
  const facts = {};
  for (const key of KEPT) if (key in definition) facts[key] = inner(key, definition[key], link, choices, whole);
  return facts;
}

function inner(key, value, link, choices, whole) {
  if (key === 'items' || key === 'additionalProperties')
    return typeof value === 'object' ? schema(value, link, {}) : value;
  if (key !== 'properties') return value;
  return Object.fromEntries(
    Object.keys(value).map((name) => [
      name,
      whole && name === 'status' ? OPEN : property(schema(value[name], link, {}), choices[name]),
    ]),
  );
}

function property(facts, choices) {
  if (!choices) return facts;
  return facts.items ? { ...facts, items: { ...facts.items, enum: choices } } : { ...facts, enum: choices };
}

function omit({ ...object }, key) {
  delete object[key];
  return object;
}

function fail(name) {
  throw new Error(`${name}: is referred to and not defined; take another release`);
}
