/** Alerting rules, the routes of their notifications, and a runbook page for each. */
@NullMarked
package io.meshwright.construct.observability.alerts;

import org.jspecify.annotations.NullMarked;
