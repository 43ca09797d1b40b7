package io.meshwright.check.rule.installation;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Istio's webhooks name a control plane that the API server can reach: a Service, or a host with a certificate. */
@AutoService(Inspection.class)
public final class WebhooksLeadSomewhere implements Check {
    public static final Rule WEBHOOK_LEADS_NOWHERE = Rule.error("MESH302", "webhook_leads_nowhere")
            .title("A webhook of Istio names no control plane that exists")
            .twins("IST0139", "IST0163")
            .consequence("Pods come without proxies, or do not come at all where failurePolicy is Fail.")
            .remedy("Name the Service of istiod, or the URL of the external control plane.");

    public static final Rule CONTROL_PLANE_BY_ADDRESS = Rule.info("MESH303", "control_plane_by_address")
            .title("An external control plane is named by its address")
            .twins("IST0164")
            .consequence(
                    "The API server refuses its certificate unless that names the address too, and a move cuts every cluster"
                            + " off.")
            .remedy("Give the control plane a host name with a certificate for it.");

    private static final Pattern OF_ISTIO =
            Pattern.compile("istiod-default-validator|istio-validator.*|istio-sidecar-injector.*|istio-revision-tag.*");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[.*]");

    @Override
    public List<Rule> rules() {
        return List.of(WEBHOOK_LEADS_NOWHERE, CONTROL_PLANE_BY_ADDRESS);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Completeness completeness = new Completeness(mesh);
        return Stream.of(Kind.VALIDATING_WEBHOOK, Kind.MUTATING_WEBHOOK)
                .flatMap(kind -> mesh.manifests().kind(kind).stream())
                .filter(configuration -> OF_ISTIO.matcher(configuration.name()).matches())
                .flatMap(configuration -> IntStream.range(
                                0, configuration.at("/webhooks").size())
                        .mapToObj(index ->
                                Source.of(configuration).item("webhooks", index).at("/clientConfig")))
                .flatMap(client -> finding(mesh, completeness, client).stream());
    }

    private static Optional<Finding> finding(Mesh mesh, Completeness completeness, Source client) {
        JsonNode body = client.value();
        if (body.path("url").isTextual()) {
            return url(client.at("/url"), body.path("url").asText());
        }
        JsonNode service = body.path("service");
        if (!service.isObject()) {
            return Optional.of(WEBHOOK_LEADS_NOWHERE.at(client, "neither a service nor a url is named"));
        }
        String namespace = service.path("namespace").asText(Manifest.DEFAULT_NAMESPACE);
        String name = service.path("name").asText("");
        boolean known = mesh.services().kubernetes(namespace, name).isPresent()
                || mesh.externals()
                        .hasHost(HostName.ofService(
                                name, namespace, mesh.config().domain()));
        return known
                ? Optional.empty()
                : Optional.of(Completeness.weighed(
                        WEBHOOK_LEADS_NOWHERE.at(
                                client.at("/service"),
                                "there is no Service \"%s\" in namespace \"%s\"".formatted(name, namespace)),
                        completeness.services(namespace)));
    }

    private static Optional<Finding> url(Source place, String url) {
        try {
            String host = Optional.ofNullable(new URI(url).getHost()).orElse("");
            if (host.isEmpty()) {
                return Optional.of(WEBHOOK_LEADS_NOWHERE.at(place, "\"%s\" names no host".formatted(url)));
            }
            return ADDRESS.matcher(host).matches()
                    ? Optional.of(CONTROL_PLANE_BY_ADDRESS.at(
                            place, "\"%s\" names the control plane by its address".formatted(url)))
                    : Optional.empty();
        } catch (URISyntaxException broken) {
            return Optional.of(WEBHOOK_LEADS_NOWHERE.at(place, "\"%s\" is no URL".formatted(url)));
        }
    }
}
