/** Rules for DestinationRules and their subsets. */
package io.meshwright.check.rule.destination;
