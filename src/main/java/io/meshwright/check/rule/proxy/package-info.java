/** Rules for EnvoyFilters and Telemetries, which change how a proxy works. */
@NullMarked
package io.meshwright.check.rule.proxy;

import org.jspecify.annotations.NullMarked;
