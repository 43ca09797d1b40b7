/**
 * The way of a log line from a node or a proxy into Loki: the agent's, the collector's and Loki's configuration files.
 */
@NullMarked
package io.meshwright.construct.observability.logs;

import org.jspecify.annotations.NullMarked;
