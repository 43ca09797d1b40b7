/** Rules for pods and for what makes them. */
@NullMarked
package io.meshwright.check.rule.workload;

import org.jspecify.annotations.NullMarked;
