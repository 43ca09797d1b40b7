/** Rules for NetworkPolicies. */
@NullMarked
package io.meshwright.check.rule.firewall;

import org.jspecify.annotations.NullMarked;
