/** A field of an object under examination, and the objections to it. */
@NullMarked
package io.meshwright.check.admission.field;

import org.jspecify.annotations.NullMarked;
