/** Rules for Sidecars. */
package io.meshwright.check.rule.sidecar;
