package io.meshwright.check.rights;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.value.Version;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Kiali as its settings tell of it: by a ConfigMap that its pods mount, or by a custom resource, of which its
 * operator makes ConfigMap and pods.
 *
 * @param source where the settings begin: the text in the ConfigMap, or the spec of the custom resource
 * @param settings as Kiali reads them
 * @param pod that runs with them; empty where the operator makes it
 * @param version by the tag of the image or by the custom resource; empty where neither says one
 */
public record Kiali(Source source, JsonNode settings, Optional<Pod> pod, Optional<Version> version) {
    private static final Kind KIND = new Kind("kiali.io", "Kiali");
    private static final String FILE = "config.yaml";

    /** Kiali's own image and that of OpenShift Service Mesh, which counts as Kiali does. */
    private static final Pattern IMAGE = Pattern.compile("(?:^|/)kiali(?:-rhel[0-9]+)?(?::([^@]*))?(?:@.*)?$");

    private static final Pattern RELEASE = Pattern.compile("v?([0-9]{1,4}[.][0-9]{1,4}(?:[.][0-9]{1,4})?)(?:-.*)?");

    /** All of a mesh, those with pods first. */
    public static Stream<Kiali> of(Mesh mesh) {
        return Stream.concat(
                mesh.pods().all().stream().flatMap(pod -> running(mesh, pod)),
                mesh.manifests().kind(KIND).stream().map(Kiali::made));
    }

    /** True if the operator makes its pods and their rights. */
    public boolean isMadeByOperator() {
        return source.manifest().kind().equals(KIND);
    }

    /** The field by a pointer, or the whole text where the settings are one. */
    public Source field(String pointer) {
        return isMadeByOperator() && !source.at(pointer).value().isMissingNode() ? source.at(pointer) : source;
    }

    private static Stream<Kiali> running(Mesh mesh, Pod pod) {
        return Fields.items(pod.spec().path("containers")).stream()
                .map(container -> IMAGE.matcher(container.path("image").asText("")))
                .filter(Matcher::find)
                .limit(1)
                .flatMap(image -> mounted(mesh, pod).map(map -> read(map, pod, release(image.group(1)))))
                .flatMap(Optional::stream);
    }

    private static Stream<Manifest> mounted(Mesh mesh, Pod pod) {
        return Fields.items(pod.spec().path("volumes")).stream()
                .flatMap(volume -> Stream.concat(
                        Stream.of(volume.path("configMap")),
                        Fields.items(volume.at("/projected/sources")).stream().map(part -> part.path("configMap"))))
                .flatMap(reference -> Fields.text(reference.path("name")).stream())
                .flatMap(name -> mesh.manifests().find(Kind.CONFIG_MAP, pod.namespace(), name).stream())
                .filter(map -> map.at("/data").has(FILE))
                .limit(1);
    }

    private static Optional<Kiali> read(Manifest map, Pod pod, Optional<Version> version) {
        Source text = Source.of(map).at("/data").field(FILE);
        return ManifestReader.value(text.value().asText(""))
                .map(settings -> new Kiali(text, settings, Optional.of(pod), version));
    }

    private static Kiali made(Manifest resource) {
        JsonNode spec = resource.at("/spec");
        return new Kiali(
                Source.of(resource).at("/spec"),
                spec,
                Optional.empty(),
                release(spec.at("/deployment/image_version").asText(""))
                        .or(() -> release(spec.path("version").asText(""))));
    }

    private static Optional<Version> release(String tag) {
        Matcher matcher = RELEASE.matcher(tag == null ? "" : tag);
        return matcher.matches() ? Optional.of(Version.of(matcher.group(1))) : Optional.empty();
    }
}
