/** Tags of spans and log lines, and the objectives of services for the requests that these tell of. */
package io.meshwright.value.telemetry;
