/** Istio's own installation: control planes, gateways and injectors, by Helm chart, operator or ConfigMap. */
@NullMarked
package io.meshwright.mesh.install;

import org.jspecify.annotations.NullMarked;
