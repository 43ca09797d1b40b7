/** The routes of each host as a page for people: where a request goes, and how it is treated on the way. */
@NullMarked
package io.meshwright.routes;

import org.jspecify.annotations.NullMarked;
