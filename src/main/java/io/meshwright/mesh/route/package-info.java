/** VirtualServices and their routes, and the order in which proxies try them. */
package io.meshwright.mesh.route;
