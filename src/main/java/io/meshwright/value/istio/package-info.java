/** Ports, names, labels and annotations that Istio owns, each in one place, with its source. */
@NullMarked
package io.meshwright.value.istio;

import org.jspecify.annotations.NullMarked;
