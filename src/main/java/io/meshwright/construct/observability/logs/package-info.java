/**
 * How a log line gets from a node or a proxy into Loki: the agent's, the collector's and Loki's configuration files.
 */
package io.meshwright.construct.observability.logs;
