package io.meshwright.check;

import io.meshwright.manifest.Manifests;
import io.meshwright.value.Day;
import java.util.stream.Stream;

/** A check that is asked about a given day only, so that no other finding depends on when it is asked. */
public interface CalendarCheck extends Inspection {
    Stream<Finding> run(Manifests manifests, Day today);
}
