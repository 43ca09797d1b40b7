package io.meshwright.mcp.tool;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshwright.manifest.Reading;
import io.meshwright.trace.Trace;
import io.meshwright.trace.report.TextReport;
import io.meshwright.trace.request.Request;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.util.Optional;

/** Tells how one request ends, and what decides it. */
final class TraceTool implements Tool {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final NamedManifests manifests;

    TraceTool(NamedManifests manifests) {
        this.manifests = manifests;
    }

    @Override
    public String name() {
        return "trace";
    }

    @Override
    public String title() {
        return "Trace a request";
    }

    @Override
    public String description() {
        return "Follow one request through the manifests of a mesh as its proxies would, and tell at each hop which"
                + " object and field decided, and how it ends. What manifests cannot tell is called unknown, with its"
                + " reason. No request is sent.";
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "additionalProperties": false, "required": ["url"], "properties": {
                  "method": {"type": "string", "pattern": "^[A-Za-z]{1,20}$", "description": "Such as GET (default)."},
                  "url": {"type": "string", "minLength": 1, "maxLength": 4096,
                    "description": "Such as https://shop.example.org/api or http://web.shop.svc.cluster.local:8080/."},
                  "from": {"type": "string", "maxLength": 300,
                    "description": "internet (default), NAMESPACE/WORKLOAD or NAMESPACE/SERVICEACCOUNT."},
                  "headers": {"type": "array", "maxItems": 50, "items": {"type": "string", "maxLength": 4096},
                    "description": "Each as NAME: VALUE."},
                  "claims": {"type": "object", "description": "The claims of a well signed token."},
                  "clientIp": {"type": "string", "maxLength": 60, "description": "The address of the client outside."},
                  "clientCertificate": {"type": "boolean",
                    "description": "The client outside shows a certificate that the gateway trusts."},
                  "sni": {"type": "string", "maxLength": 300, "description": "The name shown in TLS (default: the URL's host)."},
                  "preflight": {"type": "boolean", "description": "Ask as a browser does before it sends the request."},
                  %s}}""".formatted(NamedManifests.SCHEMA);
    }

    @Override
    public String source() {
        return "manifests";
    }

    @Override
    public String call(Arguments arguments) throws IOException {
        // A request that makes no sense is refused before anything is read.
        Request request = request(arguments);
        Reading reading = manifests.one(arguments);
        Trace trace = Trace.of(NamedManifests.mesh(reading, arguments));
        return String.join("\n", TextReport.of(request, trace.follow(request))).concat(NamedManifests.flaws(reading));
    }

    private static Request request(Arguments arguments) {
        Request request = Request.of(arguments.text("method").orElse("GET"), arguments.required("url"))
                .from(arguments.text("from").orElse(Request.INTERNET));
        for (String header : arguments.texts("headers")) {
            request = header(request, header);
        }
        Optional<Object> claims = arguments.tree("claims");
        request = claims.isPresent() ? request.jwt(JSON.valueToTree(claims.get())) : request;
        Optional<String> client = arguments.text("clientIp");
        request = client.isPresent() ? request.clientIp(client.get()) : request;
        request = arguments.isSet("clientCertificate") ? request.clientCertificate() : request;
        Optional<String> sni = arguments.text("sni");
        request = sni.isPresent() ? request.sni(sni.get()) : request;
        return arguments.isSet("preflight") ? request.preflight() : request;
    }

    private static Request header(Request request, String header) {
        int colon = header.indexOf(':');
        if (colon < 1) {
            throw new InvalidValue("headers", "\"%s\" has no name and value".formatted(header), "write NAME: VALUE");
        }
        return request.header(
                header.substring(0, colon).strip(), header.substring(colon + 1).strip());
    }
}
