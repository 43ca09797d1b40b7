/** Rules for ServiceEntries and for calls that leave the mesh. */
package io.meshwright.check.rule.entry;
