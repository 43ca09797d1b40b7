/** Alerting rules, the routes of their notifications, and a runbook page for each. */
package io.meshwright.construct.observability.alerts;
