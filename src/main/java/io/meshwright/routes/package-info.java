/** Which request of which host goes where, and how it is treated on the way, as a page for people. */
package io.meshwright.routes;
