/** An explanation as text or JSON. */
@NullMarked
package io.meshwright.incident.report;

import org.jspecify.annotations.NullMarked;
