/** Rules for annotations of Istio's, on whatever object they stand. */
package io.meshwright.check.rule.annotation;
