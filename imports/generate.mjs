// Generates the Java bindings into src/main: of the CRDs that cdk8s.yaml lists with `cdk8s import`, of cdk8s-plus-34 with
// jsii-pacmak; then the CRDs as resources. Does nothing when its inputs are those of the last run.

if (Number(process.versions.node.split('.')[0]) < 20)
  fail(`node: "${process.versions.node}" is too old; install Node 20 or newer (nodejs.org) and run this again`);

// only now, since an old Node may fail to parse it
import('./generation.mjs')
  .then(({ generate }) => generate())
  .then(() => import('./schemas.mjs'))
  .then(({ writeSchemas }) => writeSchemas())
  .catch((failure) => fail(failure.message));

function fail(message) {
  console.error(message);
  process.exit(1);
}
