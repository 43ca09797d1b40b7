/** Paths and verdicts as text, JSON and tables of expectations. */
package io.meshwright.trace.report;
