/** Rules for what installs Istio: its release, webhooks, networks and definitions. */
@NullMarked
package io.meshwright.check.rule.installation;

import org.jspecify.annotations.NullMarked;
