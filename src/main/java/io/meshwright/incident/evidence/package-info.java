/** Reads what somebody saw: lines of access logs, alerts, answers, tables of proxies. */
@NullMarked
package io.meshwright.incident.evidence;

import org.jspecify.annotations.NullMarked;
