/** A plan for people, programs and pull requests. */
@NullMarked
package io.meshwright.plan.report;

import org.jspecify.annotations.NullMarked;
