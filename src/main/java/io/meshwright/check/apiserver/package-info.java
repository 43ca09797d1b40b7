/** Rules of the API server beyond the schema of a kind; they stand in no document that it serves. */
@NullMarked
package io.meshwright.check.apiserver;

import org.jspecify.annotations.NullMarked;
