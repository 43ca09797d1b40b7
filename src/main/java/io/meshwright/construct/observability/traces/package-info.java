/** How spans are stored and shown: Jaeger's configuration file. */
package io.meshwright.construct.observability.traces;
