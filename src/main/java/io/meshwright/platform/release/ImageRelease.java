package io.meshwright.platform.release;

import io.meshwright.value.ImageReference;
import io.meshwright.value.Version;

/** The release of an add-on and the image that runs it. */
public record ImageRelease(Version version, ImageReference image) {}
