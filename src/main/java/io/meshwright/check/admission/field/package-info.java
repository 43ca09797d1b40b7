/** A field of an object under examination, and the objections to it. */
package io.meshwright.check.admission.field;
