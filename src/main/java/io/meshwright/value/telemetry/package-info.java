/** Tags of spans and log lines, and the objectives of services for the requests that these tell of. */
@NullMarked
package io.meshwright.value.telemetry;

import org.jspecify.annotations.NullMarked;
