/** Istio's own installation: control planes, gateways and injectors, by Helm chart, operator or ConfigMap. */
package io.meshwright.mesh.install;
