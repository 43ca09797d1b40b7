/** Rules for Namespaces. */
@NullMarked
package io.meshwright.check.rule.namespace;

import org.jspecify.annotations.NullMarked;
