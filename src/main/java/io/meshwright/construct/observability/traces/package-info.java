/** Storing and showing spans: Jaeger's configuration file. */
@NullMarked
package io.meshwright.construct.observability.traces;

import org.jspecify.annotations.NullMarked;
