/** Which request of which host goes where, and how it is treated on the way, as a page for people. */
@NullMarked
package io.meshwright.routes;

import org.jspecify.annotations.NullMarked;
