package io.meshwright.platform.release;

import io.meshwright.value.Version;

/** The release of an add-on and the chart that installs it. */
public record ChartRelease(Version version, Chart chart) {}
