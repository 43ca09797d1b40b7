/** Rules for what installs Istio: its release, webhooks, networks and definitions. */
package io.meshwright.check.rule.installation;
