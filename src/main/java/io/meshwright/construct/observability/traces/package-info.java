/** How spans are stored and shown: Jaeger's configuration file. */
@NullMarked
package io.meshwright.construct.observability.traces;

import org.jspecify.annotations.NullMarked;
