/** What someone is told about, whom, and what they do then: alerting rules, their routes and their runbook pages. */
package io.meshwright.construct.observability.alerts;
