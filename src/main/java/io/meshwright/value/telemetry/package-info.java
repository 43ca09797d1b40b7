/** What proxies put on spans and log lines, and what services promise about the requests that these tell of. */
package io.meshwright.value.telemetry;
