package io.meshwright.platform.release;

import io.meshwright.value.Day;
import io.meshwright.value.Version;
import java.util.List;

/** A security bulletin of a project: its number, the day when it was published, and the releases with the fault. */
public record Bulletin(String name, Day date, List<VersionRange> releases) {
    public Bulletin {
        releases = List.copyOf(releases);
    }

    boolean concerns(Version release) {
        return releases.stream().anyMatch(range -> range.contains(release));
    }

    /** {@code ISTIO-SECURITY-2026-006 (2026-08-26)}. */
    @Override
    public String toString() {
        return "%s (%s)".formatted(name, date);
    }
}
