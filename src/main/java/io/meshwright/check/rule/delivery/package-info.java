/** Rules for Applications of Argo CD and for what they apply. */
package io.meshwright.check.rule.delivery;
