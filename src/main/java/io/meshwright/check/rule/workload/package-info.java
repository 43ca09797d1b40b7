/** Rules for pods and for what makes them. */
package io.meshwright.check.rule.workload;
