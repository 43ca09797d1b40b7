package io.meshwright.stack;

import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.environment.ManifestFolder;
import io.meshwright.value.delivery.BesideFolder.RawObject;
import java.util.List;
import org.cdk8s.Chart;
import software.constructs.Construct;

/** The manifests of one folder, as they are. */
final class ManifestsStack extends Chart {
    ManifestsStack(Construct scope, ManifestFolder folder) {
        super(scope, folder.name().toString());
        List<RawObject> objects = folder.path().objects();
        for (int i = 0; i < objects.size(); i++) {
            KubernetesObject.of(
                    this,
                    "%d-%s".formatted(i, objects.get(i).metadata("name")),
                    objects.get(i).content());
        }
    }
}
