package io.meshwright.cli.option;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshwright.trace.request.Request;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The request that a command line describes. */
public final class TracedRequest {
    private static final int METHOD_AND_URL = 2;

    @Parameters(
            paramLabel = "PATH... METHOD URL",
            description = "Folders or files with manifests (- for standard input), then the request.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "CALLER",
            defaultValue = Request.INTERNET,
            description = "internet, NAMESPACE/WORKLOAD or NAMESPACE/SERVICEACCOUNT (default: ${DEFAULT-VALUE}).")
    private String from;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "'NAME: VALUE'",
            description = "A header; may be given again.")
    private List<String> headers = new ArrayList<>();

    @Option(names = "--jwt", paramLabel = "FILE", description = "The claims of a well signed token, as JSON.")
    private @Nullable Path claims;

    @Option(names = "--client-ip", paramLabel = "IP", description = "The address of the client outside.")
    private @Nullable String clientIp;

    @Option(
            names = "--client-certificate",
            description = "The client outside shows a certificate that the gateway trusts, where it asks for one.")
    private boolean clientCertificate;

    @Option(
            names = "--sni",
            paramLabel = "NAME",
            description = "The name that the client shows in TLS (default: the URL's host).")
    private @Nullable String serverName;

    @Option(
            names = "--preflight",
            description = "Ask as a browser does before it sends the request; needs an Origin header.")
    private boolean preflight;

    /** All words, when none of them describe a request. */
    public List<String> all() {
        return words;
    }

    /** The words before method and URL. */
    public List<String> paths() {
        if (words.isEmpty()) {
            throw new InvalidValue("trace", "no request is given", "end with METHOD and URL, or name a --table");
        }
        String last = words.get(words.size() - 1);
        if (Request.isMethod(last)) {
            throw new InvalidValue(
                    "url",
                    "none is given behind the method \"%s\"".formatted(last),
                    "end with METHOD and URL, such as %s https://example.org/".formatted(last));
        }
        if (words.size() < METHOD_AND_URL || last.contains("://") && !Request.isWord(words.get(words.size() - 2))) {
            throw new InvalidValue(
                    "method",
                    "none is given before \"%s\"".formatted(last),
                    "end with METHOD and URL, such as GET https://example.org/");
        }
        return words.subList(0, words.size() - METHOD_AND_URL);
    }

    public Request request() throws IOException {
        Request request = Request.of(words.get(words.size() - METHOD_AND_URL), words.get(words.size() - 1))
                .from(from);
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw new InvalidValue(
                        "header", "\"%s\" has no name and value".formatted(header), "write 'name: value'");
            }
            request = request.header(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        }
        request = claims == null ? request : request.jwt(claims(claims));
        request = clientIp == null ? request : request.clientIp(clientIp);
        request = clientCertificate ? request.clientCertificate() : request;
        request = serverName == null ? request : request.sni(serverName);
        return preflight ? request.preflight() : request;
    }

    private static JsonNode claims(Path file) throws IOException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new InvalidValue(
                    "jwt", "\"%s\" cannot be read".formatted(file), "name a file with the token's claims as JSON");
        }
        try {
            JsonNode read = new ObjectMapper().readTree(Files.readString(file));
            if (read != null && read.isObject()) {
                return read;
            }
        } catch (JsonProcessingException | MalformedInputException broken) {
            // Said below, as for any other content that is no object.
        }
        throw new InvalidValue(
                "jwt",
                "\"%s\" holds no JSON object".formatted(file),
                "write the claims, such as {\"iss\": \"...\", \"sub\": \"...\"}");
    }
}
