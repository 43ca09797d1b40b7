/** Requests that the routes and policies of a mesh suggest to somebody who wants to know what becomes of them. */
@NullMarked
package io.meshwright.trace.sample;

import org.jspecify.annotations.NullMarked;
