package io.meshwright.construct.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.construct.object.ApiObjects;
import io.meshwright.construct.plus.GivenObject;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import java.util.Optional;
import org.cdk8s.Chart;
import org.cdk8s.plus34.Service;

/** A Service of cdk8s-plus as the end of a route. */
public final class GivenService {
    private static final String KEY = "service";

    private final JsonNode spec;
    private final Name name;
    private final Name namespace;

    private GivenService(Name name, Name namespace, JsonNode spec) {
        this.name = name;
        this.namespace = namespace;
        this.spec = spec;
        Require.that(
                !spec.path("type").asText().equals("ExternalName")
                        && !spec.path("selector").isEmpty(),
                KEY,
                "\"%s\" selects no pods".formatted(name),
                "give it a selector");
    }

    /**
     * Reads one, which is finished by now.
     *
     * @throws io.meshwright.value.InvalidValue where it has no name or namespace of its own, or selects no pods
     */
    public static GivenService of(Service service) {
        GivenObject object = GivenObject.of(KEY, service);
        Name namespace = object.namespace()
                .or(() -> Optional.ofNullable(Chart.of(service).getNamespace()).map(Name::of))
                .orElseThrow(() -> new InvalidValue(
                        KEY, "\"%s\" names no namespace".formatted(object.name()), "give it metadata.namespace"));
        JsonNode spec = ApiObjects.manifests(service).values().stream()
                .filter(manifest -> manifest.path("kind").asText().equals("Service"))
                .findFirst()
                .map(manifest -> manifest.path("spec"))
                .orElseThrow();
        return new GivenService(object.label(), namespace, spec);
    }

    /** Its first port. */
    public Backend backend() {
        Require.that(!spec.path("ports").isEmpty(), KEY, "\"%s\" has no port".formatted(name), "bind one");
        return at(spec.path("ports").get(0));
    }

    private Backend at(JsonNode port) {
        String spoken = port.path("appProtocol").asText(port.path("name").asText());
        Require.that(
                port.path("protocol").asText("TCP").equals("TCP")
                        && !spoken.matches("(tcp|tls|https|mysql|mongo|redis)(-.*)?"),
                KEY,
                "port %d of \"%s\" speaks no HTTP that routes read"
                        .formatted(port.path("port").asInt(), name),
                "put a port of HTTP first");
        return new Backend(name, namespace, Port.of(port.path("port").asInt()));
    }
}
