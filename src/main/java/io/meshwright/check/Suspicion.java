package io.meshwright.check;

import io.meshwright.mesh.terms.Source;
import java.util.List;

/**
 * A finding that a sweep would make.
 *
 * @param because the fields that have a part in it
 * @param decisive those of them without which it would not be so
 */
public record Suspicion(Finding finding, List<Source> because, List<Source> decisive) {
    public Suspicion {
        because = List.copyOf(because);
        decisive = List.copyOf(decisive);
    }
}
