/** Asks a language model about an incident that is explained already, and believes nothing of its answer. */
@NullMarked
package io.meshwright.incident.ask;

import org.jspecify.annotations.NullMarked;
