/**
 * What people look at: Grafana's settings, its data sources and the dashboards, each built from queries that are
 * tested.
 */
package io.meshwright.construct.observability.dashboards;
