package io.meshwright.check;

import io.meshwright.manifest.Manifests;
import java.util.stream.Stream;

/** A check of every document that was read, where others see one of those that say the same. */
public interface DocumentCheck extends Inspection {
    Stream<Finding> run(Manifests manifests);
}
