/** Rules of Istio's webhook for what changes a proxy: EnvoyFilters, plugins, Telemetries. */
package io.meshwright.check.admission.proxy;
