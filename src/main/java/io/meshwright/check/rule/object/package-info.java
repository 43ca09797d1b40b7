/** Rules for objects of every kind. */
package io.meshwright.check.rule.object;
