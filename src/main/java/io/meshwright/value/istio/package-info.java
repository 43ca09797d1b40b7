/** Ports, names, labels and annotations that Istio owns, each in one place, with its source. */
package io.meshwright.value.istio;
