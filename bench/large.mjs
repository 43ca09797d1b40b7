// Writes an environment of many services, each with a Deployment, a Service, its policies and a route: large.mjs NUMBER FILE
import fs from 'node:fs';

const [number, file] = process.argv.slice(2);
const SERVICES_IN_NAMESPACE = 50;
const numbers = Array.from({ length: Number(number) }, (_, index) => index);
const namespaces = numbers.filter((each) => each % SERVICES_IN_NAMESPACE === 0).map(namespace);

fs.writeFileSync(
  file,
  `apiVersion: meshwright.io/v1
kind: Environment
metadata: {name: large, description: ${number} services of a load test}
cluster:
  kubernetes: "1.33.1"
  platform: {type: metallb, pools: [{name: pool, addresses: [192.0.2.1/32]}]}
istio: {version: 1.30.5, mtls: STRICT}
namespaces:
  edge: {}
${namespaces.map((name) => `  ${name}: {inject: true}`).join('\n')}
gateway:
  name: edge
  namespace: edge
  address: 192.0.2.1
  listeners:
    - {port: 80, protocol: HTTP, hosts: ["*.example.org"]}
services:
${numbers.map(service).join('')}observability:
  namespace: monitoring
  profile: small
  alerts: {slackWebhook: alertmanager/url, critical: "#alerts", warning: "#notices"}
delivery: {repository: https://git.example.org/platform.git}
`,
);

function namespace(each) {
  return `team-${Math.floor(each / SERVICES_IN_NAMESPACE)}`;
}

function service(each) {
  return `  service-${each}:
    namespace: ${namespace(each)}
    ports: [{name: http, port: 80, targetPort: 8080}]
    container:
      image: registry.example.org/service-${each}:1.0.0
      resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 256Mi}}
      probes: {ready: /ready, live: /live}
    scale: {replicas: 2}
    allowFrom: [gateway]
    routes: [{host: service-${each}.example.org, prefix: /}]
`;
}
