/** Rules for every kind of object that selects pods or names a target. */
package io.meshwright.check.rule.policy;
