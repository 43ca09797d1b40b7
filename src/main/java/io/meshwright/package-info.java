/** From one typed environment file per cluster to the manifests of a complete Istio platform. */
package io.meshwright;
