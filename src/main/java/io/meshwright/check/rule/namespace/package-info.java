/** Rules for Namespaces. */
package io.meshwright.check.rule.namespace;
