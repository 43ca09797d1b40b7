/** Rules for NetworkPolicies. */
package io.meshwright.check.rule.firewall;
