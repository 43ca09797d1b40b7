/** Rules of Istio's webhook for what changes a proxy: EnvoyFilters, plugins, Telemetries. */
@NullMarked
package io.meshwright.check.admission.proxy;

import org.jspecify.annotations.NullMarked;
