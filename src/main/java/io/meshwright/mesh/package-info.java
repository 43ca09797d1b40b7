/**
 * What Istio makes of the manifests: which pods exist and carry a proxy, which hosts lead where, who may speak to whom
 * and how. Pure functions over the manifest model; docs/decisions/0001-mesh-package.md says why they live here.
 */
package io.meshwright.mesh;
