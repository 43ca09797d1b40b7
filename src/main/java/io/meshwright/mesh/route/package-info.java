/** VirtualServices and their routes, and the order in which proxies try them. */
@NullMarked
package io.meshwright.mesh.route;

import org.jspecify.annotations.NullMarked;
