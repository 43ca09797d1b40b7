/**
 * Requests that reach a service, and releases by which a new version of it comes in: words that environment files and
 * constructs share.
 */
@NullMarked
package io.meshwright.value.traffic;

import org.jspecify.annotations.NullMarked;
