/** Grafana's settings, data sources and dashboards, each built from queries that are tested. */
@NullMarked
package io.meshwright.construct.observability.dashboards;

import org.jspecify.annotations.NullMarked;
