/** Prometheus' configuration file: scrape jobs, retention and recording rules. */
@NullMarked
package io.meshwright.construct.observability.metrics;

import org.jspecify.annotations.NullMarked;
