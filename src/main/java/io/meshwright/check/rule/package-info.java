/** One file per rule, named for what should hold. */
package io.meshwright.check.rule;
