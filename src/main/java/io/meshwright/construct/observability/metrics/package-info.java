/** Prometheus' configuration file: scrape jobs, retention and recording rules. */
package io.meshwright.construct.observability.metrics;
