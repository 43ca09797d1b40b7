/** Configuration as text: ordered sections, rendered to the same bytes every time. */
@NullMarked
package io.meshwright.construct.observability.text;

import org.jspecify.annotations.NullMarked;
