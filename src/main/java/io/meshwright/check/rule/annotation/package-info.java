/** Rules for annotations of Istio's, on whatever object they stand. */
@NullMarked
package io.meshwright.check.rule.annotation;

import org.jspecify.annotations.NullMarked;
