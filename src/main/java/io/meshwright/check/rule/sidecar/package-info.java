/** Rules for Sidecars. */
@NullMarked
package io.meshwright.check.rule.sidecar;

import org.jspecify.annotations.NullMarked;
