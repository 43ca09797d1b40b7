/** Rules for AuthorizationPolicies, and for who is admitted by them. */
@NullMarked
package io.meshwright.check.rule.authorization;

import org.jspecify.annotations.NullMarked;
