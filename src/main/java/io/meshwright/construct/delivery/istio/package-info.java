/**
 * Values of Istio's own charts, revision by revision, and the fields that Istio itself writes into the objects of its
 * charts.
 */
@NullMarked
package io.meshwright.construct.delivery.istio;

import org.jspecify.annotations.NullMarked;
