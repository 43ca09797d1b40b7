package io.meshwright.mesh.install;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Manifests;
import java.util.List;
import java.util.Optional;

/** The injection settings of a revision, as the ConfigMap istio-sidecar-injector of a running cluster holds them. */
public record Injector(Manifest manifest, JsonNode values) {
    private static final String NAME = "istio-sidecar-injector";

    static List<Injector> of(Manifests manifests) {
        return manifests.kind(Kind.CONFIG_MAP).stream()
                .filter(map -> map.name().equals(NAME) || map.name().startsWith(NAME.concat("-")))
                .filter(map -> map.at("/data/values").isTextual())
                .flatMap(map -> ManifestReader.value(map.at("/data/values").asText()).stream()
                        .map(values -> new Injector(map, values)))
                .toList();
    }

    /** The revision that stands behind the name; {@code default} where none does. */
    public String revision() {
        return manifest.name().equals(NAME) ? "default" : manifest.name().substring(NAME.length() + 1);
    }

    SidecarTemplate template() {
        return new SidecarTemplate(values, Optional.empty());
    }

    boolean injectsByDefault() {
        return values.at("/sidecarInjectorWebhook/enableNamespacesByDefault").asBoolean(false);
    }

    /** The image of the proxy without its variant; empty where the values leave it open. */
    public Optional<String> image() {
        Optional<String> image = Fields.text(values.at("/global/proxy/image"));
        Optional<String> hub = Fields.text(values.at("/global/hub"));
        return image.flatMap(name -> name.contains("/")
                ? image
                : hub.map(from -> "%s/%s:%s"
                        .formatted(from, name, values.at("/global/tag").asText(""))));
    }
}
