/** How findings are told: to people, to programs, to code hosts and to test dashboards. */
package io.meshwright.check.report;
