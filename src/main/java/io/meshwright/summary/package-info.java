/**
 * Summaries of what a check has read and found, so that the next one need not read and compare again what has not
 * changed.
 */
@NullMarked
package io.meshwright.summary;

import org.jspecify.annotations.NullMarked;
