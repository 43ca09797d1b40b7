package io.meshwright.check;

import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import java.util.List;
import java.util.stream.Stream;

/** A check of one object after the other, where the object itself and few facts about the mesh decide. */
public interface ObjectCheck extends Check {
    /** Returns a look at the objects of a mesh. */
    Look look(Mesh mesh);

    /** A look at single objects. */
    interface Look {
        /** The facts in words; as long as they are the same, an object that is the same has the same findings. */
        String facts();

        /** True if nothing else decides about this object. */
        boolean isDecidedBy(Manifest object);

        /** The findings on an object alone. */
        List<Finding> findings(Manifest object);
    }

    @Override
    default Stream<Finding> run(Mesh mesh) {
        return Verdicts.none().of(this, mesh);
    }
}
