/** Paths and verdicts as text, JSON and tables of expectations. */
@NullMarked
package io.meshwright.trace.report;

import org.jspecify.annotations.NullMarked;
