package io.meshwright.check;

import io.meshwright.mesh.Mesh;
import java.util.stream.Stream;

/**
 * Looks for breaches of one rule, or of a few that one look decides; only reads, and gives the same findings in the
 * same order for the same mesh.
 */
public interface Check extends Inspection {
    Stream<Finding> run(Mesh mesh);
}
