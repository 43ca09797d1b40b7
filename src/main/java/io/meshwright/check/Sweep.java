package io.meshwright.check;

import io.meshwright.mesh.Mesh;
import java.util.stream.Stream;

/**
 * Looks at a mesh as a whole for what nobody can want, whatever made it so; it counts only where no check names the
 * same objects, since a check knows the cause and the remedy better.
 */
public interface Sweep extends Inspection {
    Stream<Suspicion> run(Mesh mesh);
}
