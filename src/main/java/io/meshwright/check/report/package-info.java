/** Reports of findings: to people, to programs, to code hosts and to test dashboards. */
@NullMarked
package io.meshwright.check.report;

import org.jspecify.annotations.NullMarked;
