/** Grafana's settings, data sources and dashboards, each built from queries that are tested. */
package io.meshwright.construct.observability.dashboards;
