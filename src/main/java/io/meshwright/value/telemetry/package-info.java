/** What proxies put on spans and log lines. */
package io.meshwright.value.telemetry;
