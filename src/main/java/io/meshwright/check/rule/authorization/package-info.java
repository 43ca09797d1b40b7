/** Rules for AuthorizationPolicies, and for who is admitted by them. */
package io.meshwright.check.rule.authorization;
