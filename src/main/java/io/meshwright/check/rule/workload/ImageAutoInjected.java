package io.meshwright.check.rule.workload;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.check.evidence.PodContainer;
import io.meshwright.mesh.Mesh;
import java.util.List;
import java.util.stream.Stream;

/** A container with the image "auto" stands in a pod that the injector fills in. */
@AutoService(Inspection.class)
public final class ImageAutoInjected implements Check {
    public static final Rule IMAGE_AUTO_NOT_INJECTED = Rule.error("MESH268", "image_auto_not_injected")
            .title("A pod waits for an injection that will not come")
            .twins("IST0146", "IST0147")
            .consequence("The image \"auto\" does not exist and the pod never starts.")
            .remedy("Label the pod or its namespace for injection.");

    @Override
    public List<Rule> rules() {
        return List.of(IMAGE_AUTO_NOT_INJECTED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.pods().all().stream()
                .filter(pod -> !pod.proxy().inMesh().isYes())
                .flatMap(pod -> PodContainer.of(pod).stream()
                        .filter(container ->
                                container.body().path("image").asText("").equals("auto"))
                        .map(container -> Completeness.weighed(
                                IMAGE_AUTO_NOT_INJECTED.at(
                                        container.source().at("/image"),
                                        "nobody puts an image in the place of \"auto\": %s; the pod never starts"
                                                .formatted(pod.proxy().why())),
                                pod.proxy().inMesh().isNo())));
    }
}
