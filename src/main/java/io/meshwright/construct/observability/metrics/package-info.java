/** What Prometheus scrapes, keeps and computes: its configuration file and recording rules. */
package io.meshwright.construct.observability.metrics;
