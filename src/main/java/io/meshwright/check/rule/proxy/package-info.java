/** Rules for EnvoyFilters and Telemetries, which change how a proxy works. */
package io.meshwright.check.rule.proxy;
