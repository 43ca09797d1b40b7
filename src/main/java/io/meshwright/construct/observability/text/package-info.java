/** How configuration becomes text: ordered sections, rendered to the same bytes every time. */
package io.meshwright.construct.observability.text;
