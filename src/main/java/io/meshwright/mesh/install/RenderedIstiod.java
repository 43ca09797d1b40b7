package io.meshwright.mesh.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Injection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A control plane whose chart is rendered already, as {@code helm template} and {@code istioctl manifest generate}
 * write it.
 *
 * @param image where its release stands
 */
public record RenderedIstiod(Source image, IstioVersion release, String revision) {
    // istiod under its image's old name; a variant such as -distroless stands behind the release.
    private static final Pattern IMAGE = Pattern.compile(
            "(?:.*/)?pilot:v?((?:0|[1-9]\\d?)(?:\\.(?:0|[1-9]\\d?)){2})(?:-(?:distroless|debug))?(?:@.*)?");

    static List<RenderedIstiod> of(Manifests manifests) {
        return manifests.kind(Kind.DEPLOYMENT).stream()
                .flatMap(RenderedIstiod::of)
                .toList();
    }

    private static Stream<RenderedIstiod> of(Manifest deployment) {
        List<JsonNode> containers = Fields.items(deployment.at("/spec/template/spec/containers"));
        return IntStream.range(0, containers.size()).boxed().flatMap(index -> {
            Matcher image = IMAGE.matcher(containers.get(index).path("image").asText(""));
            return image.matches()
                    ? Stream.of(new RenderedIstiod(
                            Source.of(deployment)
                                    .item("spec/template/spec/containers", index)
                                    .field("image"),
                            IstioVersion.of(image.group(1)),
                            deployment.labels().getOrDefault(Injection.REVISION, "default")))
                    : Stream.empty();
        });
    }

    /** The switches that its container is given as texts, by name. */
    JsonNode environment() {
        ObjectNode environment = JsonNodeFactory.instance.objectNode();
        Fields.items(image.manifest().at(image.pointer().replaceFirst("/image$", "/env"))).stream()
                .filter(variable -> variable.path("value").isTextual())
                .forEach(variable -> environment.set(variable.path("name").asText(), variable.path("value")));
        return environment;
    }
}
